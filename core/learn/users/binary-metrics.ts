/** Rows of one probability range: mean prediction and share of positives. */
export type CalibrationBin = { predicted: number; observed: number; rows: number };

export type Calibration = {
  /** Mean |predicted - observed| over ten bins of equal size, by rows. */
  expectedError: number;
  /** log-odds of the outcome = slope * log-odds of the prediction + shift; 1 and 0 are perfect. */
  slope: number;
  shift: number;
  bins: CalibrationBin[];
};

const BINS = 10;
/** Probabilities are kept this far from 0 and 1 in a log loss. */
const LEAST_PROBABILITY = 1e-15;

const orderOf = (scores: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);

/**
 * Area under the ROC curve: the probability that a positive row scores above a negative one, ties counted half. NaN where
 * only one class is there.
 */
export const aucOf = (scores: ArrayLike<number>, labels: ArrayLike<number>): number => {
  const order = orderOf(scores);
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to += 1;
    for (let n = from; n < to; n++) {
      if (labels[order[n]!] !== 1) continue;
      ranks += (from + to + 1) / 2;
      positives += 1;
    }
    from = to;
  }
  const negatives = order.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
};

/** Mean negative log-likelihood of the outcomes, in nats. */
export const logLossOf = (probabilities: ArrayLike<number>, labels: ArrayLike<number>): number => {
  let loss = 0;
  for (let n = 0; n < labels.length; n++) {
    const p = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probabilities[n]!));
    loss -= labels[n] === 1 ? Math.log(p) : Math.log(1 - p);
  }
  return loss / labels.length;
};

/** Bins of as equal a size as can be, by rising probability. */
export const calibrationBins = (
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = BINS,
): CalibrationBin[] => {
  const order = orderOf(probabilities);
  return Array.from({ length: bins }, (_, bin) => {
    const part = order.subarray(
      Math.floor((bin * order.length) / bins),
      Math.floor(((bin + 1) * order.length) / bins),
    );
    const mean = (of: ArrayLike<number>): number => part.reduce((sum, n) => sum + of[n]!, 0) / part.length;
    return { predicted: mean(probabilities), observed: mean(labels), rows: part.length };
  }).filter(({ rows }) => rows > 0);
};

/** Mean distance of prediction and outcome over bins, weighted by rows. */
export const expectedCalibrationError = (bins: readonly CalibrationBin[]): number => {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return bins.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.observed) * bin.rows, 0) / rows;
};
