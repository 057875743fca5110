import { comparisonsOf } from './arm-comparison.ts';
import { type ComparedMetric, compareMetric } from './compare-metric.ts';
import type { Levels } from './levels.ts';
import { metricResult } from './metric-result.ts';
import { multipleExposures, observedRatio } from './observed-ratio.ts';
import { armOf, armsOfMetric } from './sufficient-counts.ts';
import type { EvaluatedBody, ExperimentCounts, MetricResult, Results } from './types.ts';
import { verdictOf } from './verdict.ts';

const metricResults = (
  compared: readonly ComparedMetric[],
  { caps }: ExperimentCounts,
  levels: Levels,
): MetricResult[] => {
  const comparisons = comparisonsOf(
    compared.flatMap((one) => one.compared),
    levels,
  );
  let from = 0;
  return compared.map((one) => {
    const own = comparisons.slice(from, from + one.compared.length);
    from += own.length;
    const { name } = one.metric;
    return metricResult(
      one,
      { comparisons: own, cap: Object.hasOwn(caps, name) ? caps[name] : undefined },
      levels,
    );
  });
};

/**
 * Everything that the counts of an experiment tell: per metric and arm the statistics against the first variant, whether users
 * were split as asked, a verdict (rules in `verdict.ts`) and its reason in one sentence.
 * @param levels `confidence` 0-1 of every interval; 1 - confidence is the accepted share of false alarms. `now` in ms since the epoch
 */
export const evaluateExperiment = (
  body: EvaluatedBody,
  counts: ExperimentCounts,
  { now, ...levels }: Levels & { readonly now: number },
): Results => {
  const compared = body.metrics.map((metric) =>
    compareMetric(metric, armsOfMetric(body, counts, metric.name), levels),
  );
  const arms = body.variants.map(({ key, weight }) => ({
    variant: key,
    users: armOf(counts, key).users,
    weight,
  }));
  const users = arms.reduce((sum, arm) => sum + arm.users, 0);
  const seen = {
    confidence: levels.confidence,
    control: body.variants[0]!.key,
    users,
    srm: observedRatio(body, counts, levels),
    multipleExposures: multipleExposures(counts, users),
    arms,
    metrics: metricResults(compared, counts, levels),
  };
  return { ...verdictOf(body, { ...seen, compared }, now), ...seen };
};
