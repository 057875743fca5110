import type { DefinitionSet } from '../../definitions/types.ts';
import { Conflict, type FieldError } from '../../errors.ts';
import { conditionFaults } from '../../rules/conditions/check-condition.ts';
import { EXPERIMENT_VARIABLES } from '../../rules/conditions/variables.ts';
import { banditMetric } from '../bandit/reweight.ts';
import type { ExperimentBody } from '../types.ts';
import { recommendationFaults } from './check-recommendations.ts';

const WEIGHT_TOLERANCE = 1e-6;
/** Of one experiment as JSON in UTF-8: a page of 100 of them fits what a function may answer. */
const MOST_BYTES = 32_768;

const encoder = new TextEncoder();

/** Rows for every name that stands there before. */
const repeated = (names: readonly string[], pathOf: (at: number) => string, word: string): FieldError[] =>
  names.flatMap((name, at) =>
    names.indexOf(name) < at ? [{ path: pathOf(at), message: `repeats the ${word} "${name}"` }] : [],
  );

const variantFaults = ({ variants }: ExperimentBody): FieldError[] => {
  const sum = variants.reduce((total, { weight }) => total + weight, 0);
  const keys = variants.map(({ key }) => key);
  return [
    ...repeated(keys, (at) => `variants.${at}.key`, 'arm'),
    ...(Math.abs(sum - 1) > WEIGHT_TOLERANCE
      ? [{ path: 'variants', message: `must have weights that add up to 1, not ${Number(sum.toFixed(9))}` }]
      : []),
  ];
};

const metricFaults = ({ metrics }: ExperimentBody): FieldError[] =>
  repeated(
    metrics.map(({ name }) => name),
    (at) => `metrics.${at}.name`,
    'metric',
  );

const timeFaults = ({ startDate, endDate }: ExperimentBody): FieldError[] =>
  startDate !== undefined && endDate !== undefined && Date.parse(endDate) <= Date.parse(startDate)
    ? [{ path: 'endDate', message: 'must be after startDate' }]
    : [];

const namespaceFaults = ({ namespace }: ExperimentBody): FieldError[] =>
  namespace && namespace.end <= namespace.start
    ? [{ path: 'namespace.end', message: 'must be above namespace.start' }]
    : [];

const testerFaults = ({ forced = {}, variants }: ExperimentBody): FieldError[] =>
  Object.entries(forced)
    .filter(([, arm]) => variants.every(({ key }) => key !== arm))
    .map(([user, arm]) => ({
      path: `forced.${user}`,
      message: `names an arm that does not exist: "${arm}"`,
    }));

/** A draft may lack it yet; weights that nothing moves would run as an even split that is called a bandit. */
const goalFaults = (body: ExperimentBody): FieldError[] =>
  body.kind === 'bandit' &&
  body.status !== 'draft' &&
  body.bandit?.metric === undefined &&
  !banditMetric(body)
    ? [{ path: 'metrics', message: 'must have a goal (no guardrail): weights follow it' }]
    : [];

const banditFaults = ({ kind, bandit, variants, metrics }: ExperimentBody): FieldError[] => {
  if (!bandit) return [];
  const { floor = 0, metric } = bandit;
  const most = 1 / variants.length;
  const rows: [wrong: boolean, path: string, message: string][] = [
    [kind !== 'bandit', 'bandit', 'is for experiments of the kind "bandit"'],
    [
      floor > most + WEIGHT_TOLERANCE,
      'bandit.floor',
      `must be at most ${Number(most.toFixed(4))}: ${variants.length} arms share 1`,
    ],
    [
      metric !== undefined && metrics.every(({ name }) => name !== metric),
      'bandit.metric',
      `names a metric that does not exist: "${metric}"`,
    ],
  ];
  return rows.filter(([wrong]) => wrong).map(([, path, message]) => ({ path, message }));
};

const sizeFaults = (body: ExperimentBody): FieldError[] =>
  encoder.encode(JSON.stringify(body)).length > MOST_BYTES
    ? [{ path: 'experiment', message: `must be at most ${MOST_BYTES} bytes of JSON in all` }]
    : [];

/** What a faulty condition reads, or how long its JSON is, is not asked: it may be too deep for that. */
const deepFaults = (body: ExperimentBody): FieldError[] => {
  const faults =
    body.condition === undefined
      ? []
      : conditionFaults(body.condition, 'condition', { variables: EXPERIMENT_VARIABLES });
  return faults.length > 0 ? faults : sizeFaults(body);
};

/**
 * What is wrong with an experiment by itself, one row per field: weights that do not add up to 1 (within a millionth), repeated
 * arms or metrics, an end that is not after the start, an empty part of a namespace, testers of no arm, a bandit without
 * a goal, with floors of more than 1 together or a metric that is not there, arms that rank recommendations by what does not go together, faults of the condition
 * (which reads what rules read, but no `experiments`), its size.
 */
export const experimentFaults = (body: ExperimentBody): FieldError[] => [
  ...variantFaults(body),
  ...metricFaults(body),
  ...goalFaults(body),
  ...banditFaults(body),
  ...recommendationFaults(body),
  ...timeFaults(body),
  ...namespaceFaults(body),
  ...testerFaults(body),
  ...deepFaults(body),
];

/**
 * Keys name experiments in rules, flags and answers: one experiment each. An id would be found under such a name first.
 *
 * @throws Conflict where another experiment has the key, or it as its id
 */
export const assertKeyFree = (
  body: ExperimentBody,
  set: DefinitionSet<ExperimentBody>,
  id: string | undefined,
): void => {
  const taken = set.defined.some((other) => other.id !== id && [other.body.key, other.id].includes(body.key));
  if (taken) throw new Conflict(`There is another experiment with the key "${body.key}"`);
};
