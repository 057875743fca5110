import { cellOf, importanceWeights } from './importance-weights.ts';
import type { ActionTable, DecisionLog } from './types.ts';

/** How well a log can tell about a policy. */
export type Diagnostics = {
  /** (sum of weights)^2 / sum of squares: as many rows of the policy's own would say as much (Kish 1965). */
  readonly effectiveSampleSize: number;
  readonly largestWeight: number;
  /** About 1 where propensities are right and everything is supported. */
  readonly meanWeight: number;
  readonly meanWeightError: number;
  /** Share of the rows whose action the policy never takes. */
  readonly rowsNeverTaken: number;
  /** Probability, averaged over the rows' contexts, that the policy gives to actions which the log never took there. */
  readonly unsupportedProbability: number;
};

const unsupported = (log: DecisionLog, probabilities: ActionTable): number => {
  const taken = new Uint8Array(probabilities.length);
  log.actions.forEach((_, row) => {
    taken[cellOf(log, row)] = 1;
  });
  const missing = new Float64Array(log.contextCount);
  probabilities.forEach((probability, cell) => {
    if (!taken[cell]) missing[Math.floor(cell / log.actionCount)]! += probability;
  });
  const sum = log.contexts.reduce((total, context) => total + missing[context]!, 0);
  return sum / log.contexts.length;
};

export const diagnosticsOf = (log: DecisionLog, probabilities: ActionTable): Diagnostics => {
  const weights = importanceWeights(log, probabilities);
  const rows = weights.length;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  const variance = rows < 2 ? 0 : Math.max(0, squares - (sum * sum) / rows) / (rows - 1);
  return {
    effectiveSampleSize: squares === 0 ? 0 : (sum * sum) / squares,
    largestWeight: weights.reduce((most, weight) => Math.max(most, weight), 0),
    meanWeight: sum / rows,
    meanWeightError: Math.sqrt(variance / rows),
    rowsNeverTaken: weights.filter((weight) => weight === 0).length / rows,
    unsupportedProbability: unsupported(log, probabilities),
  };
};

const FEW_ROWS = 100;
const LARGE_SHARE = 0.1;
/** A mean weight this many standard errors from 1 is no accident. */
const TOO_FAR = 4;
/** Sums of probabilities are not exact. */
const NOTHING = 1e-9;

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
const short = (value: number): string => String(Number(value.toPrecision(4)));

/** What should keep a reader from trusting the estimates, one sentence each. */
export const warningsOf = (found: Diagnostics, rows: number): string[] => {
  const { effectiveSampleSize, largestWeight, meanWeight, meanWeightError, unsupportedProbability } = found;
  const share = meanWeight > 0 ? largestWeight / (meanWeight * rows) : 0;
  const checks: [wrong: boolean, message: string][] = [
    [
      unsupportedProbability > NOTHING,
      `Support is lacking: the policy gives ${percent(unsupportedProbability)} of its probability to actions that the log never took in that context; nothing is known of them`,
    ],
    [
      effectiveSampleSize < FEW_ROWS,
      `The weighted log says as much as ${short(effectiveSampleSize)} rows of the policy's own would: intervals are too narrow`,
    ],
    [share > LARGE_SHARE, `One row carries ${percent(share)} of all weight`],
    [
      Math.abs(meanWeight - 1) > Math.max(NOTHING, TOO_FAR * meanWeightError),
      `Weights average ${short(meanWeight)} (standard error ${short(meanWeightError)}) instead of 1: the propensities are not those that the log was made with, or the policy takes actions that the log does not`,
    ],
  ];
  return checks.filter(([wrong]) => wrong).map(([, message]) => message);
};
