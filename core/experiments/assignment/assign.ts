import type { RuleData } from '../../rules/types.ts';
import { chooseVariation, hash, inNamespace } from '../bucketing.ts';
import type { Assignment, StickyAssignments, Variant } from '../types.ts';
import type { CompiledExperiment, CompiledExperimentSet } from './compile-experiments.ts';

export { type CompiledExperimentSet, compileExperiments } from './compile-experiments.ts';

/** What arms are assigned from. */
export type AssignAsk = {
  readonly userId: string;
  /** ms since the epoch */
  readonly now: number;
  /** What conditions see; the paths of `CompiledExperimentSet.reads` are enough. */
  readonly data: RuleData;
  /** Arms that this user saw before. */
  readonly sticky: StickyAssignments;
  /** False: everybody gets the control, and nobody is counted. */
  readonly abTesting: boolean;
};

/** An arm with the reason and the probability of it, or the reason why there is none. */
type Draw =
  | { readonly variant: Variant; readonly propensity: number; readonly reason: string }
  | { readonly variant?: undefined; readonly reason: string };

const HASH_VERSION = 2;

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;
const iso = (ms: number): string => new Date(ms).toISOString();

const variantOf = ({ experiment }: CompiledExperiment, key: string | undefined): Variant | undefined =>
  experiment.body.variants.find((variant) => variant.key === key);

const NOT_RUNNING = {
  draft: 'The experiment is a draft: it does not run yet',
  paused: 'The experiment is paused',
  completed: 'The experiment is completed',
} as const;

/** Why nobody takes part at this moment; undefined while it runs. */
const closed = ({ startsAt, endsAt }: CompiledExperiment, now: number): string | undefined => {
  if (now < startsAt) return `The experiment starts at ${iso(startsAt)}`;
  return now >= endsAt ? `The experiment ended at ${iso(endsAt)}` : undefined;
};

/** Why this user may not be drawn; undefined for those who may. */
const excluded = ({ experiment, meets }: CompiledExperiment, ask: AssignAsk): string | undefined => {
  const { namespace } = experiment.body;
  if (namespace && !inNamespace(ask.userId, [namespace.id, namespace.start, namespace.end])) {
    return `The user belongs to another part of the namespace "${namespace.id}"`;
  }
  return meets && meets(ask.data) !== true ? 'The condition of the experiment is not met' : undefined;
};

type Seen = StickyAssignments[string] | undefined;

/**
 * The arm of the user's bucket. Where it is the one that was seen before, the probability is that of then, and so the answer
 * stays what it was. Under version 2 a hash is never null; a variation is chosen by the bucket alone.
 */
const drawn = ({ experiment, seed, ranges }: CompiledExperiment, userId: string, seen: Seen): Draw => {
  const { coverage, variants } = experiment.body;
  const bucket = hash(seed, userId, HASH_VERSION) ?? 1;
  const variant = variants[chooseVariation(bucket, ranges)];
  if (!variant) return { reason: `The user is outside the ${percent(coverage)} that take part` };
  const [arm, , before] = seen ?? [];
  const propensity = arm === variant.key ? (before ?? variant.weight) : variant.weight;
  const share = `${percent(propensity)} of those who take part`;
  const reason = `Drawn: bucket ${bucket} lies in the range of this arm, ${share}`;
  return { variant, propensity, reason };
};

const draw = (one: CompiledExperiment, ask: AssignAsk): Draw => {
  const { status, forced } = one.experiment.body;
  if (!ask.abTesting) return { reason: 'Experiments are switched off' };
  if (status !== 'running') return { reason: NOT_RUNNING[status] };
  const tested = variantOf(one, forced?.[ask.userId]);
  if (tested) return { variant: tested, propensity: 1, reason: 'The user is a tester of this arm' };
  const shut = closed(one, ask.now);
  if (shut) return { reason: shut };
  const out = excluded(one, ask);
  const seen = ask.sticky[one.line];
  const fresh: Draw = out ? { reason: out } : drawn(one, ask.userId, seen);
  const [arm, , propensity] = seen ?? [];
  const kept = variantOf(one, arm);
  if (!kept || fresh.variant === kept) return fresh;
  return { variant: kept, propensity: propensity ?? kept.weight, reason: 'The user saw this arm before' };
};

/**
 * The arm of a user in one experiment, and why. In this order: switched off, not running, a tester's arm, before the start or
 * after the end, the arm that was seen before (so that a session never changes its arm), namespace, condition, bucket.
 * Deterministic: the same in every process for the same experiment, user and stored arms.
 */
export const assign = (one: CompiledExperiment, ask: AssignAsk): Assignment => {
  const { experiment } = one;
  const result = draw(one, ask);
  const control = experiment.body.variants[0] as Variant;
  const variant = result.variant ?? control;
  return {
    key: experiment.body.key,
    experimentId: experiment.id,
    inExperiment: result.variant !== undefined,
    variant: variant.key,
    isControl: variant === control,
    ...(variant.payload ? { payload: variant.payload } : {}),
    propensity: result.variant ? result.propensity : 1,
    reason: result.reason,
  };
};

/** The user's arms of all running experiments, the oldest experiment first; one row too where the user is in none. */
export const assignAll = (set: CompiledExperimentSet, ask: AssignAsk): Assignment[] =>
  set.experiments
    .filter(({ experiment }) => experiment.body.status === 'running')
    .map((one) => assign(one, ask));
