import { quantileOf, WINSORIZED_AT } from '../statistics/winsorize.ts';
import type { ExperimentBody, Metric, MetricType } from '../types.ts';
import type { ArmCounts, ExperimentCounts, MetricCounts, Sums } from './types.ts';

/** What one user did under one arm. */
export type Outcome = {
  readonly variant: string;
  /** Probability with which the arm was drawn, above 0. */
  readonly propensity?: number;
  /** What the user did before the exposure, by metric. */
  readonly covariates?: Readonly<Record<string, number>>;
  /** Conversions after the exposure and the sum of their values, by metric. */
  readonly metrics: Readonly<Record<string, readonly [conversions: number, sum: number]>>;
};

/** Takes outcomes in any order and tells what they add up to. Keeps no users: of heavy-tailed metrics the values that are not 0. */
export type OutcomeCounter = {
  add(outcome: Outcome): void;
  counts(multipleExposures: number): ExperimentCounts;
};

type Tally = { sum: number; sumSquares: number };
type MetricTally = Tally & { covariate: Tally; products: number; hasCovariate: boolean; values: number[] };
type ArmTally = { users: number; inverse: Tally; drawn: number; metrics: Map<string, MetricTally> };

const tally = (): Tally => ({ sum: 0, sumSquares: 0 });

const take = (into: Tally, value: number): void => {
  into.sum += value;
  into.sumSquares += value * value;
};

/** Names of metrics are anybody's words: `constructor` is none that every object has. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** A user's one value: converted or not, or the sum. */
export const outcomeValue = (type: MetricType, [conversions, sum]: readonly [number, number]): number =>
  type === 'binomial' ? Number(conversions > 0) : sum;

/** Metrics whose few largest values may decide everything. */
export const isHeavyTailed = (type: MetricType): boolean => type !== 'binomial';

const makeArm = (metrics: readonly Metric[]): ArmTally => ({
  users: 0,
  inverse: tally(),
  drawn: 0,
  metrics: new Map(
    metrics.map(({ name }) => [
      name,
      { ...tally(), covariate: tally(), products: 0, hasCovariate: false, values: [] },
    ]),
  ),
});

const addMetric = (into: MetricTally, metric: Metric, outcome: Outcome): void => {
  const value = outcomeValue(metric.type, own(outcome.metrics, metric.name) ?? [0, 0]);
  take(into, value);
  if (value !== 0 && isHeavyTailed(metric.type)) into.values.push(value);
  const before = own(outcome.covariates ?? {}, metric.name);
  if (before === undefined) return;
  into.hasCovariate = true;
  take(into.covariate, before);
  into.products += before * value;
};

const addPropensity = (arm: ArmTally, propensity: number | undefined): void => {
  if (propensity === undefined || !(propensity > 0)) return;
  arm.drawn += 1;
  take(arm.inverse, 1 / propensity);
};

/** Over all arms together: each by its own cap would take away part of the effect. */
const capOf = (arms: readonly ArmTally[], name: string): number | undefined => {
  const paying = arms.flatMap((arm) => arm.metrics.get(name)?.values.filter((value) => value > 0) ?? []);
  return paying.length === 0 ? undefined : quantileOf(paying, WINSORIZED_AT);
};

const cutAt = (values: readonly number[], cap: number): Sums => {
  const sums = tally();
  for (const value of values) take(sums, Math.min(value, cap));
  return sums;
};

const metricCounts = (
  { sum, sumSquares, covariate, products, values }: MetricTally,
  { cap, hasCovariate }: { cap: number | undefined; hasCovariate: boolean },
): MetricCounts => ({
  sum,
  sumSquares,
  ...(hasCovariate && { covariate: { ...covariate, products } }),
  ...(cap !== undefined && { winsorized: cutAt(values, cap) }),
});

const armCounts = (
  variant: string,
  arm: ArmTally,
  how: (name: string) => { cap: number | undefined; hasCovariate: boolean },
): ArmCounts => ({
  variant,
  users: arm.users,
  ...(arm.drawn === arm.users && arm.users > 0 && { inversePropensity: { ...arm.inverse } }),
  metrics: Object.fromEntries(
    [...arm.metrics].map(([name, metric]) => [name, metricCounts(metric, how(name))]),
  ),
});

/**
 * Counts the outcomes of an experiment, one row per user who saw one arm; rows of arms that do not exist are left out. A user
 * without a covariate counts as 0 where others have one. Users of several arms are not
 * added; `counts` is told how many they are.
 */
export const outcomeCounter = ({
  variants,
  metrics,
}: Pick<ExperimentBody, 'variants' | 'metrics'>): OutcomeCounter => {
  const arms = new Map(variants.map(({ key }) => [key, makeArm(metrics)]));
  return {
    add(outcome) {
      const arm = arms.get(outcome.variant);
      if (!arm) return;
      arm.users += 1;
      addPropensity(arm, outcome.propensity);
      for (const metric of metrics) addMetric(arm.metrics.get(metric.name)!, metric, outcome);
    },
    counts(multipleExposures) {
      const all = [...arms.values()];
      const how = new Map(
        metrics.map(({ name }) => [
          name,
          { cap: capOf(all, name), hasCovariate: all.some((arm) => arm.metrics.get(name)?.hasCovariate) },
        ]),
      );
      const caps = [...how].flatMap(([name, { cap }]) => (cap === undefined ? [] : [[name, cap] as const]));
      return {
        arms: [...arms].map(([variant, arm]) => armCounts(variant, arm, (name) => how.get(name)!)),
        multipleExposures,
        caps: Object.fromEntries(caps),
      };
    },
  };
};
