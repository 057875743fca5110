import type { Cases } from '../../core/learn/evaluate/cases.ts';
import { makeRanker, rankAll } from '../../core/learn/evaluate/ranker.ts';
import type { Scorer } from '../../core/learn/models/model.ts';

/** Microseconds of one answer: scoring one history and picking the best `depth` items. */
export type PredictTimes = { p50: number; p99: number };

const SAMPLE = 1000;
const LEAST_SAMPLE = 200;
const MOST_MS = 3000;
const WARM_UP = 200;
const NO_TARGETS = new Int32Array(0);

/** Times answers one by one, after warming up, for cases spread over all of them. */
export function predictTimes(
  scorer: Scorer,
  cases: Cases,
  { items, depth }: { items: number; depth: number },
): PredictTimes {
  const row = new Float32Array(items);
  const ranker = makeRanker(depth);
  const total = cases.histories.length;
  const answer = (at: number): number => {
    const number = Math.floor(((at % SAMPLE) * total) / SAMPLE) % total;
    const history = [cases.histories[number]!];
    const started = performance.now();
    scorer.score(history, row);
    rankAll(ranker, row, { targets: NO_TARGETS, excluded: cases.excluded?.[number] });
    return performance.now() - started;
  };
  const begun = performance.now();
  for (let at = 0; at < WARM_UP && performance.now() - begun < MOST_MS / 3; at++) answer(at);
  const times: number[] = [];
  while (times.length < SAMPLE && (times.length < LEAST_SAMPLE || performance.now() - begun < MOST_MS)) {
    times.push(answer(times.length * 7));
  }
  times.sort((a, b) => a - b);
  const quantile = (share: number) =>
    micros(times[Math.min(times.length - 1, Math.floor(share * times.length))]!);
  return { p50: quantile(0.5), p99: quantile(0.99) };
}

function micros(ms: number): number {
  return Math.round(ms * 10_000) / 10;
}
