import type { CompiledExperimentSet } from '../experiments/assignment/compile-experiments.ts';
import type { Assignment, Experiment, Variant } from '../experiments/types.ts';
import { isConfigKey } from './config-flags.ts';
import { flagMetadata } from './flag-metadata.ts';
import type { FlagEvaluation, FlagReason, FlagValue } from './types.ts';

/** The arms of one user at one decision. */
export type DecidedArms = {
  readonly userId: string;
  readonly decisionId: string;
  /** Of the running experiments; those that are missing (no consent, switched off) give their control. */
  readonly arms: readonly Pick<Assignment, 'key' | 'variant' | 'inExperiment' | 'reason'>[];
  /** False: experiments are switched off. */
  readonly abTesting: boolean;
};

const PREFIX = 'experiments.';

/** An experiment's flag bears its key; under `experiments.` where the config has a flag of that name. */
const keyOf = ({ body }: Experiment): string => (isConfigKey(body.key) ? PREFIX + body.key : body.key);

const payloadValue = ({ payload }: Variant): FlagValue | undefined =>
  payload && Object.hasOwn(payload, 'value') ? ((payload.value as FlagValue | null) ?? undefined) : undefined;

/**
 * The arm's `payload.value`; the arm's key where no arm has such a value. An arm without one beside arms with one (a control,
 * mostly) leaves the value to the application's default: a key in its place would be of another type.
 */
const flagValueOf = (variant: Variant, variants: readonly Variant[]): FlagValue | undefined =>
  variants.some((one) => payloadValue(one) !== undefined) ? payloadValue(variant) : variant.key;

const CLOSED = {
  draft: 'The experiment is a draft: everybody gets the control',
  paused: 'The experiment is paused: everybody gets the control',
  completed: 'The experiment is completed: everybody gets the control',
} as const;

type Why = { readonly reason: FlagReason; readonly text: string };

const whyOf = (
  { body }: Experiment,
  decided: DecidedArms,
  arm: DecidedArms['arms'][number] | undefined,
): Why => {
  if (body.status !== 'running') return { reason: 'DISABLED', text: CLOSED[body.status] };
  if (!decided.abTesting) return { reason: 'DISABLED', text: 'Experiments are switched off' };
  if (!arm) return { reason: 'DEFAULT', text: 'The user takes part in no experiments' };
  const { forced } = body;
  const tester = forced && Object.hasOwn(forced, decided.userId);
  if (!arm.inExperiment) return { reason: 'DEFAULT', text: arm.reason };
  return { reason: tester ? 'TARGETING_MATCH' : 'SPLIT', text: arm.reason };
};

const flagOf = (experiment: Experiment, decided: DecidedArms): FlagEvaluation => {
  const { key, variants } = experiment.body;
  const arm = decided.arms.find((one) => one.key === key);
  const variant = variants.find((one) => one.key === arm?.variant) ?? (variants[0] as Variant);
  const value = flagValueOf(variant, variants);
  const { reason, text } = whyOf(experiment, decided, arm);
  return {
    key: keyOf(experiment),
    ...(value === undefined ? {} : { value }),
    reason,
    variant: variant.key,
    metadata: flagMetadata(decided.decisionId, { path: key, source: 'experiment', by: key, reason: text }),
  };
};

/** The flag of an experiment by its key, also with `experiments.` before it; one that does not run is `DISABLED`. */
export const experimentFlag = (
  { experiments }: Pick<CompiledExperimentSet, 'experiments'>,
  decided: DecidedArms,
  key: string,
): FlagEvaluation | undefined => {
  const found = experiments.find(
    ({ experiment }) => keyOf(experiment) === key || PREFIX + experiment.body.key === key,
  );
  return found && { ...flagOf(found.experiment, decided), key };
};

/** Every experiment as a flag, without drafts: those are nobody's business yet. */
export const experimentFlags = (
  { experiments }: Pick<CompiledExperimentSet, 'experiments'>,
  decided: DecidedArms,
): FlagEvaluation[] =>
  experiments
    .filter(({ experiment }) => experiment.body.status !== 'draft')
    .map(({ experiment }) => flagOf(experiment, decided));
