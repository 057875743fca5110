import type { PathLearner } from './path-learner.ts';

/** So many modules of a path count as much as what is known of the learner, in which they are contained. */
const EVIDENCE_HALF = 6;
/** One module says no more than this: somebody who left the page open did not take a week. */
const [LEAST, MOST] = [0.25, 4];
/** No pace lies beyond these. */
const [FASTEST, SLOWEST] = [0.4, 2.5];
/** Nothing is expected to take less than a minute. */
const SHORTEST_SECONDS = 60;

const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

/** Seconds that a module is expected to take at the pace that was stated. */
export const expectedSeconds = (duration: number, { statedPace }: Pick<PathLearner, 'statedPace'>): number =>
  Math.max(SHORTEST_SECONDS, duration * statedPace);

/**
 * The learner's time as a share of the time given with modules, .4-2.5: what is stated and observed (core/learning/learner/learning-pace.ts),
 * and the geometric mean of `ratios` (time taken / time expected in this path, each cut to .25-4) times what is stated, which counts n / (n + 6).
 */
export const paceFactor = (
  { statedPace, observedPace }: Pick<PathLearner, 'statedPace' | 'observedPace'>,
  ratios: readonly number[],
): number => {
  const shown = ratios.map((ratio) => Math.log(statedPace * clamp(ratio, LEAST, MOST)));
  const sum = shown.reduce((all, log) => all + log, 0) + EVIDENCE_HALF * Math.log(observedPace);
  return clamp(Math.exp(sum / (shown.length + EVIDENCE_HALF)), FASTEST, SLOWEST);
};

/** Whole minutes for a duration in seconds at a pace, at least one. */
export const estimatedMinutes = (duration: number, pace: number): number =>
  Math.max(1, Math.ceil((duration * pace) / 60 - 1e-9));
