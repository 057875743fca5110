/**
 * What a thread of the pool does, as text: a Lambda's bundle is one file, in which a worker of its own would have no
 * place. It waits for a job number to change, runs the named kernel, and says that it is done.
 */
export const WORKER_SOURCE = `
const { workerData } = require('node:worker_threads');
const { module, names, memory, control: at, words } = workerData;
const control = new Int32Array(memory.buffer, at, words);
const values = new Float64Array(memory.buffer, at + 4 * words, 24);
const abort = () => { throw new Error('a kernel aborted'); };
const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
for (let seen = 0; ; ) {
  Atomics.wait(control, 0, seen);
  seen = Atomics.load(control, 0);
  if (control[2] < 0) break;
  exports[names[control[2]]](...values.subarray(0, control[3]));
  Atomics.sub(control, 1, 1);
  Atomics.notify(control, 1);
}
`;
