import { type ModuleResult, ratiosOf, scoresOf } from './results.ts';

/** The newest results that are looked at. */
const NEWEST = 3;

/** Struggle: a mean score below this, */
export const LOW_SCORE = 60;
/** two failures among the newest three, or a module that failed twice, */
const REPEATED = 2;
/** or so much more time than expected, over two modules or more. */
const FAR_MORE_TIME = 2;
/** Boredom: two results or more, all with at least this score */
const HIGH_SCORE = 90;
/** in at most this share of the time expected. */
const FAR_LESS_TIME = 0.6;
const FEWEST = 2;

/** How a learner gets on with a path; at most one of the two is true. */
export type Signals = { readonly struggle: boolean; readonly boredom: boolean; readonly reason: string };

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const geometricMean = (values: readonly number[]): number => Math.exp(mean(values.map(Math.log)));

const times = (factor: number): string =>
  factor >= 1 ? `${Math.round(factor * 10) / 10} times` : `${Math.max(1, Math.round(factor * 100))} % of`;

const failuresReason = (newest: readonly ModuleResult[]): string | undefined => {
  const failures = newest.filter(({ failed }) => failed);
  if (failures.length >= REPEATED) return `${failures.length} of the last ${newest.length} modules failed`;
  const again = failures.find(({ attempts }) => attempts >= REPEATED);
  return again && `${again.moduleId} failed after ${again.attempts} attempts`;
};

const struggleReason = (newest: readonly ModuleResult[]): string | undefined => {
  const [scores, ratios] = [scoresOf(newest), ratiosOf(newest)];
  const failures = failuresReason(newest);
  if (failures !== undefined) return failures;
  if (scores.length > 0 && mean(scores) < LOW_SCORE) {
    const score = Math.round(mean(scores));
    return scores.length === 1
      ? `A score of ${score} in the last result`
      : `A mean score of ${score} in the last ${scores.length} results`;
  }
  if (ratios.length >= FEWEST && geometricMean(ratios) >= FAR_MORE_TIME)
    return `The last ${ratios.length} modules took ${times(geometricMean(ratios))} the time expected`;
  return undefined;
};

const isTooEasy = ({ failed, score, ratio }: ModuleResult): boolean =>
  !failed && score !== undefined && score >= HIGH_SCORE && ratio !== undefined && ratio <= FAR_LESS_TIME;

const boredomReason = (newest: readonly ModuleResult[]): string | undefined => {
  if (newest.length < FEWEST || !newest.every(isTooEasy)) return undefined;
  return `A mean score of ${Math.round(mean(scoresOf(newest)))} in ${times(geometricMean(ratiosOf(newest)))} the time expected`;
};

/**
 * Struggle: of the newest three results two failed (or one module failed twice), their mean score is below 60, or two or more took twice the time
 * expected. Boredom: two or three, each with 90 or more in at most 60 % of the time. `results` come newest first.
 */
export const signalsOf = (results: readonly ModuleResult[]): Signals => {
  const newest = results.slice(0, NEWEST);
  if (newest.length === 0) return { struggle: false, boredom: false, reason: 'No results yet' };
  const struggle = struggleReason(newest);
  if (struggle !== undefined) return { struggle: true, boredom: false, reason: struggle };
  const boredom = boredomReason(newest);
  if (boredom !== undefined) return { struggle: false, boredom: true, reason: boredom };
  return { struggle: false, boredom: false, reason: 'The results are as expected' };
};
