import { masteredSkills, masteryOf } from '../learning/mastery/mastery-of.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import { topicName } from '../profile/fold/results.ts';
import { distinctFeatures, featureCount, typeCount, typeValue } from '../profile/fold/tallies.ts';

const VALUE = 'value:';
const FEATURE = 'feature:';
const MASTERY = 'mastery:';
const COMPLETE = 'complete_';
const PASS = 'pass_';

/** Types are stored in lower-case snake; a goal may name them as people write. */
const asType = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** Contents of this type that were finished. */
const finishedContents = ({ contentTypes }: Behaviour, contentType: string): number =>
  contentTypes.reduce(
    (sum, [name, , , , , finished = 0]) => sum + (asType(name) === contentType ? finished : 0),
    0,
  );

const passedResults = ({ results = [] }: Behaviour, kind: string): number =>
  results.reduce((sum, [name, , passes]) => sum + (asType(name) === kind ? passes : 0), 0);

/** Whole percent, as of the newest result: the fold alone decides, not the hour at which somebody looks. */
const masteryPercent = ({ skills = [] }: Behaviour, topic: string): number => {
  const tally = skills.find(([name]) => name === topic);
  return tally === undefined ? 0 : Math.round(100 * masteryOf(tally, tally[6]).mastery);
};

/** Names that stand for others. */
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['paths', 'complete_path'],
  ['modules', 'complete_module'],
  ['skills', 'master_skill'],
]);

const readNamed = (name: string, behaviour: Behaviour): number => {
  if (name === 'sessions') return behaviour.sessions;
  if (name === 'interactions') return behaviour.interactions;
  if (name === 'features') return distinctFeatures(behaviour);
  if (name === 'master_skill') return masteredSkills(behaviour);
  const counted = typeCount(behaviour, name);
  if (name.startsWith(COMPLETE)) return counted + finishedContents(behaviour, name.slice(COMPLETE.length));
  if (name.startsWith(PASS)) return counted + passedResults(behaviour, name.slice(PASS.length));
  return counted;
};

/**
 * The lifetime reading of a goal's metric: `sessions`, `interactions`, `features` (distinct), `feature:<name>` (uses),
 * `value:<type>` (sum of values), `complete_<content type>` (contents finished), `pass_<content type>` (results of at least
 * `PASS_SCORE`), `mastery:<topic>` (percent), `master_skill` or `skills` (topics mastered), `modules` and `paths` (those finished);
 * anything else counts the interactions of that type.
 */
export const readMetric = (metric: string, behaviour: Behaviour): number => {
  if (metric.startsWith(FEATURE)) return featureCount(behaviour, metric.slice(FEATURE.length));
  if (metric.startsWith(VALUE)) return typeValue(behaviour, asType(metric.slice(VALUE.length)));
  if (metric.startsWith(MASTERY)) return masteryPercent(behaviour, topicName(metric.slice(MASTERY.length)));
  const name = asType(metric);
  return readNamed(SAME_AS.get(name) ?? name, behaviour);
};

/** True for metrics that stand at a level and may fall; a goal about them is measured from nothing, not from when it was set. */
export const isLevel = (metric: string): boolean =>
  metric.startsWith(MASTERY) || ['master_skill', 'skills'].includes(asType(metric));
