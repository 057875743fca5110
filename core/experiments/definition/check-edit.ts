import { DomainError, type FieldError } from '../../errors.ts';
import { sameJson } from '../../same-json.ts';
import { countedMetric } from '../outcomes/counted-experiments.ts';
import { seedOf } from '../rounds.ts';
import type { ExperimentBody, ExperimentStatus } from '../types.ts';

/** What may become of an experiment in the same round. */
const NEXT: Readonly<Record<ExperimentStatus, readonly ExperimentStatus[]>> = {
  draft: ['draft', 'running', 'paused', 'completed'],
  running: ['running', 'paused', 'completed'],
  paused: ['paused', 'running', 'completed'],
  completed: ['completed'],
};

type Edit = { readonly before: ExperimentBody; readonly after: ExperimentBody };

const fieldFaults = ({ before, after }: Edit): FieldError[] => {
  const rows: [path: keyof ExperimentBody, message: string][] = [
    ['key', 'names the experiment in rules, flags and what users did'],
    ['kind', 'decides how users are drawn and how results are read'],
    ['namespace', 'keeps its users apart from those of other experiments'],
  ];
  return rows
    .filter(([path]) => !sameJson(before[path], after[path]))
    .map(([path, message]) => ({ path, message: `must stay what it is: it ${message}` }));
};

/** The arms are what is compared: the same ones, in the same order, doing the same. Only weights may change. */
const variantFaults = ({ before, after }: Edit): FieldError[] => {
  const keys = (body: ExperimentBody) => body.variants.map(({ key }) => key);
  if (!sameJson(keys(before), keys(after))) {
    const message = `must stay ${keys(before).join(', ')}: users have seen these arms`;
    return [{ path: 'variants', message }];
  }
  return after.variants.flatMap(({ payload }, at) =>
    sameJson(payload, before.variants[at]?.payload)
      ? []
      : [
          {
            path: `variants.${at}.payload`,
            message: 'must stay what it is: it is what users of this arm have seen',
          },
        ],
  );
};

/** Verdicts go by the order of the goals: those that are counted keep theirs. */
const orderFaults = ({ before, after }: Edit): FieldError[] => {
  const names = before.metrics.map(({ name }) => name);
  const kept = after.metrics.map(({ name }) => name).filter((name) => names.includes(name));
  if (kept.length < names.length || sameJson(names, kept)) return [];
  const message = `must keep the order ${names.join(', ')}: the first goal that tells arms apart decides`;
  return [{ path: 'metrics', message }];
};

/** Metrics may be added; those that are counted keep name, type, goal, their part in the verdict, and what counts for them. */
const metricFaults = ({ before, after }: Edit): FieldError[] =>
  before.metrics.flatMap((counted) => {
    const { name, type, goal, guardrail = false } = counted;
    const at = after.metrics.findIndex((metric) => metric.name === name);
    const metric = after.metrics[at];
    if (!metric) return [{ path: 'metrics', message: `must keep the metric "${name}": it has been counted` }];
    if (metric.type !== type || metric.goal !== goal) {
      return [{ path: `metrics.${at}`, message: `must keep the type ${type} and the goal ${goal}` }];
    }
    if ((metric.guardrail ?? false) !== guardrail) {
      const part = guardrail ? 'a guardrail' : 'a goal';
      return [{ path: `metrics.${at}.guardrail`, message: `must stay what it is: "${name}" is ${part}` }];
    }
    if (sameJson(countedMetric(metric), countedMetric(counted))) return [];
    const message = 'must keep event, windowDays and attribution: they decide what has been counted';
    return [{ path: `metrics.${at}`, message }];
  });

const statusFaults = ({ before, after }: Edit): FieldError[] =>
  NEXT[before.status].includes(after.status)
    ? []
    : [{ path: 'status', message: `must not become ${after.status}: the experiment is ${before.status}` }];

const refuse = (message: string, faults: readonly FieldError[]): void => {
  if (faults.length > 0) throw new DomainError('conflict', message, faults);
};

/**
 * Refuses an edit that would invalidate what was measured. Once an experiment has left `draft`, its key, kind, namespace, arms, their
 * payloads and its metrics stay; weights, coverage, condition, dates, testers and new metrics are free, and status goes forward. A new
 * seed begins a new round with everything free; it is refused while the experiment runs.
 *
 * @throws DomainError `conflict` with one row per field
 */
export const assertEditKeepsResults = (before: ExperimentBody, after: ExperimentBody): void => {
  const edit = { before, after };
  if (before.status === 'draft') return;
  const newRound = seedOf(before) !== seedOf(after) && before.key === after.key;
  if (newRound && before.status !== 'running') return;
  const seed = newRound
    ? [
        {
          path: 'seed',
          message: 'must stay what it is while the experiment runs: it would draw everybody anew',
        },
      ]
    : [];
  const faults = [
    ...seed,
    ...fieldFaults(edit),
    ...variantFaults(edit),
    ...metricFaults(edit),
    ...orderFaults(edit),
    ...statusFaults(edit),
  ];
  const advice =
    before.status === 'running'
      ? 'pause it and set a new seed to begin a new round, or make another experiment'
      : 'set a new seed to begin a new round, or make another experiment';
  refuse(`The change would invalidate what the experiment has measured: ${advice}`, faults);
};
