import { Worker } from 'node:worker_threads';
import type { KernelMemory } from './kernel-memory.ts';
import { WORKER_SOURCE } from './worker-source.ts';

/** Where in the memory's first page the threads meet: [job number, threads at work, function, number of arguments], then the arguments. */
const CONTROL = 1024;
const CONTROL_WORDS = 16;
const MOST_ARGUMENTS = 24;
const [JOB, AT_WORK, FUNCTION, ARGUMENTS] = [0, 1, 2, 3] as const;
/** Two zeroed words that every kernel gets as its first argument: the next piece of work, the next piece of scratch memory. */
const COUNTER = 2048;
const STOP = -1;

/** Threads that run one kernel together; the caller is one of them and waits for the others. */
export type Pool = {
  readonly threads: number;
  /** Runs `name(counter, ...args)` on every thread at once. A kernel takes its pieces of work from the counter. */
  run(name: string, ...args: number[]): void;
  close(): void;
};

/** `threads` - 1 workers on one memory; they do not keep the process alive. */
export function startPool(module: WebAssembly.Module, memory: KernelMemory, threads: number): Pool {
  const { buffer } = memory.memory;
  const control = new Int32Array(buffer, CONTROL, CONTROL_WORDS);
  const values = new Float64Array(buffer, CONTROL + 4 * CONTROL_WORDS, MOST_ARGUMENTS);
  const counter = new Int32Array(buffer, COUNTER, 2);
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  const { exports } = new WebAssembly.Instance(module, importsOf(memory.memory));
  const workers = Array.from({ length: threads - 1 }, () => startWorker({ module, memory, names }));
  const announce = (code: number): void => {
    control[FUNCTION] = code;
    Atomics.store(control, AT_WORK, workers.length);
    Atomics.add(control, JOB, 1);
    Atomics.notify(control, JOB);
  };
  return {
    threads,
    run(name, ...args) {
      values.set(args, 1);
      values[0] = COUNTER;
      control[ARGUMENTS] = args.length + 1;
      counter.fill(0);
      announce(names.indexOf(name));
      (exports[name] as (...values: number[]) => void)(COUNTER, ...args);
      waitForAll(control);
    },
    close: () => announce(STOP),
  };
}

/** What a kernel imports: the memory, and a way to stop that is never taken, since assertions are compiled out. */
function importsOf(memory: WebAssembly.Memory): WebAssembly.Imports {
  return {
    env: {
      memory,
      abort: () => {
        throw new Error('a kernel aborted');
      },
    },
  };
}

function startWorker(shared: {
  module: WebAssembly.Module;
  memory: KernelMemory;
  names: readonly string[];
}): Worker {
  const { module, names } = shared;
  const workerData = { module, names, memory: shared.memory.memory, control: CONTROL, words: CONTROL_WORDS };
  const worker = new Worker(WORKER_SOURCE, { eval: true, workerData });
  worker.unref();
  return worker;
}

function waitForAll(control: Int32Array): void {
  for (;;) {
    const left = Atomics.load(control, AT_WORK);
    if (left === 0) return;
    Atomics.wait(control, AT_WORK, left);
  }
}
