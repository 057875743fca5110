import type { Behaviour } from '../profile/behaviour.ts';
import { distinctFeatures, featureCount, typeCount, typeValue } from '../profile/fold/tallies.ts';

const VALUE = 'value:';
const FEATURE = 'feature:';

/** Types are stored in lower-case snake; a goal may name them as people write. */
const asType = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/**
 * The lifetime reading of a goal's metric: `sessions`, `interactions`, `features` (distinct), `feature:<name>` (uses),
 * `value:<type>` (sum of values), anything else counts the interactions of that type.
 */
export const readMetric = (metric: string, behaviour: Behaviour): number => {
  if (metric.startsWith(FEATURE)) return featureCount(behaviour, metric.slice(FEATURE.length));
  if (metric.startsWith(VALUE)) return typeValue(behaviour, asType(metric.slice(VALUE.length)));
  const name = asType(metric);
  if (name === 'sessions') return behaviour.sessions;
  if (name === 'interactions') return behaviour.interactions;
  if (name === 'features') return distinctFeatures(behaviour);
  return typeCount(behaviour, name);
};
