import { fork } from 'node:child_process';
import { once } from 'node:events';
import { percentile } from '../http.ts';

/** A bundle and the event of its first request. */
export type Candidate = { readonly name: string; readonly file: string; readonly event: unknown };

export type FirstAnswer = { readonly loadMs: number; readonly answerMs: number };

/** Medians in milliseconds. */
export type StartUp = FirstAnswer & { readonly name: string; readonly totalMs: number };

const runOnce = async ({ file, event }: Candidate): Promise<FirstAnswer> => {
  const child = fork(new URL('./first-answer.ts', import.meta.url), [file, JSON.stringify(event)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const told = once(child, 'message').then(([message]) => message as FirstAnswer);
  const failed = ended.then(([code]) => {
    throw new Error(`${file} ended with ${code} before it answered`);
  });
  failed.catch(() => undefined);
  const answer = await Promise.race([told, failed]);
  child.kill();
  await ended;
  return answer;
};

/** Starts every candidate `runs` times, taking turns, so that whatever slows the machine slows all alike. */
export const measureStartUp = async (candidates: readonly Candidate[], runs: number): Promise<StartUp[]> => {
  const answers = candidates.map((): FirstAnswer[] => []);
  for (let run = 0; run <= runs; run++) {
    for (const [index, candidate] of candidates.entries()) {
      const answer = await runOnce(candidate);
      // The first round only warms the file cache.
      if (run > 0) answers[index]?.push(answer);
    }
  }
  return candidates.map(({ name }, index) => {
    const own = answers[index] ?? [];
    const median = (of: (answer: FirstAnswer) => number) => percentile(own.map(of), 0.5);
    return {
      name,
      loadMs: median(({ loadMs }) => loadMs),
      answerMs: median(({ answerMs }) => answerMs),
      totalMs: median(({ loadMs, answerMs }) => loadMs + answerMs),
    };
  });
};
