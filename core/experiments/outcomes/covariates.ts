import type { Behaviour } from '../../profile/behaviour.ts';
import type { ExperimentBody } from '../types.ts';
import { countedMetric } from './counted-experiments.ts';

const THOUSANDTHS = 1_000;

/**
 * What a user did before the exposure, by metric: how many interactions of its event there were, for revenue the sum of their
 * values. 0 is left out. Taken from the folded behaviour at that moment, so that nothing that the arm caused is in it: what
 * CUPED needs (Deng, Xu, Kohavi, Walker, WSDM 2013).
 */
export const covariatesOf = (
  metrics: ExperimentBody['metrics'],
  behaviour: Pick<Behaviour, 'types'> | undefined,
): Record<string, number> => {
  if (!behaviour || behaviour.types.length === 0) return {};
  const tallies = new Map(behaviour.types.map(([type, count, value]) => [type, { count, value }]));
  const known = metrics.flatMap((metric): [string, number][] => {
    const tally = tallies.get(countedMetric(metric).event);
    if (!tally) return [];
    const before = metric.type === 'revenue' ? tally.value / THOUSANDTHS : tally.count;
    return before === 0 ? [] : [[metric.name, before]];
  });
  return Object.fromEntries(known);
};
