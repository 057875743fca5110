/**
 * Metrics of one ranked list against the user's held-back items, at several cut-offs. With R the held-back items (|R| >= 1) and
 * ranks counted from 0:
 *
 *   hits@k      = number of R at ranks below k
 *   hr@k        = 1 if hits@k > 0, else 0
 *   recall@k    = hits@k / |R|                                   (as LightGCN and GF-CF count it; equals hr@k for |R| = 1)
 *   precision@k = hits@k / k
 *   f1@k        = 2 precision recall / (precision + recall), 0 without a hit
 *   ndcg@k      = sum over hits of 1 / log2(rank + 2), divided by the same sum over ranks 0 .. min(k, |R|) - 1
 *   mrr@k       = 1 / (1 + least rank), 0 where that is k or more
 *
 * Every metric is the mean over cases (users; predictions, where sessions are evaluated).
 */
export const METRIC_NAMES = ['hr', 'ndcg', 'recall', 'precision', 'f1', 'mrr'] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/** A metric at a cut-off, e.g. `ndcg@10`. */
export type MetricKey = `${MetricName}@${number}`;

/** Sums of every metric at every cut-off, over the cases that were added. */
export type MetricSums = {
  readonly cutOffs: readonly number[];
  /** (cut-offs x metrics), in the order of `METRIC_NAMES`. */
  readonly sums: Float64Array;
  cases: number;
};

/** Sums of nothing yet; cut-offs are whole numbers of at least 1. */
export function makeMetricSums(cutOffs: readonly number[]): MetricSums {
  return { cutOffs, sums: new Float64Array(cutOffs.length * METRIC_NAMES.length), cases: 0 };
}

/** Adds a case: the first `relevant` entries of `ranks` are those of its held-back items, -1 for one that was not found. */
export function addCase(metrics: MetricSums, ranks: Int32Array, relevant: number): void {
  metrics.cases += 1;
  for (let at = 0; at < metrics.cutOffs.length; at++) {
    const cutOff = metrics.cutOffs[at]!;
    let hits = 0;
    let best = cutOff;
    for (let held = 0; held < relevant; held++) {
      const rank = ranks[held]!;
      if (rank < 0 || rank >= cutOff) continue;
      hits += 1;
      if (rank < best) best = rank;
    }
    if (hits === 0) continue;
    const first = at * METRIC_NAMES.length;
    metrics.sums[first]! += 1;
    metrics.sums[first + 1]! += ndcgAt(ranks, relevant, cutOff);
    metrics.sums[first + 2]! += hits / relevant;
    metrics.sums[first + 3]! += hits / cutOff;
    metrics.sums[first + 4]! += (2 * hits) / (relevant + cutOff);
    metrics.sums[first + 5]! += 1 / (1 + best);
  }
}

/** NDCG of one case at one cut-off; arguments as in `addCase`. */
export function ndcgAt(ranks: Int32Array, relevant: number, cutOff: number): number {
  let gain = 0;
  for (let held = 0; held < relevant; held++) {
    const rank = ranks[held]!;
    if (rank >= 0 && rank < cutOff) gain += 1 / Math.log2(rank + 2);
  }
  let ideal = 0;
  for (let rank = 0; rank < Math.min(cutOff, relevant); rank++) ideal += 1 / Math.log2(rank + 2);
  return ideal > 0 ? gain / ideal : 0;
}

/** The means by name; 0 without any case. */
export function meanMetrics({ cutOffs, sums, cases }: MetricSums): Record<MetricKey, number> {
  const means: Record<MetricKey, number> = {};
  for (let at = 0; at < cutOffs.length; at++) {
    METRIC_NAMES.forEach((name, column) => {
      means[`${name}@${cutOffs[at]!}`] = sums[at * METRIC_NAMES.length + column]! / Math.max(1, cases);
    });
  }
  return means;
}
