import type { ConfigAsk } from '../config/inputs.ts';
import { NotFound } from '../errors.ts';
import type { CompiledExperimentSet } from '../experiments/assignment/compile-experiments.ts';
import type { ServingPorts } from '../recommend/serve/decide.ts';
import { askOfContext } from './ask-of-context.ts';
import { configFlag, configFlags, type DecidedValues } from './config-flags.ts';
import { type DecidedArms, experimentFlag, experimentFlags } from './experiment-flags.ts';
import { askedSlots, decideSlot, strategyOf } from './recommendation-flags.ts';
import type { EvaluationContext, FlagEvaluation, FlagMetadata } from './types.ts';

/** A decided config as flags need it. */
export type FlagDecision = DecidedValues & {
  readonly assignments: DecidedArms['arms'];
  /** ms since the epoch */
  readonly generatedAt: number;
  readonly source: 'computed' | 'precomputed' | 'cache' | 'fallback';
  readonly ttlSeconds: number;
  /** Why the answer is not personal. */
  readonly reason?: string;
};

export type FlagPorts = {
  /** Decides the config of a user, as `POST /personalization/config` does. */
  readonly config: (ask: ConfigAsk & { readonly newId: () => string }) => Promise<FlagDecision>;
  readonly experiments: () => Promise<Pick<CompiledExperimentSet, 'experiments'>>;
  /** False: experiments are switched off. */
  readonly abTesting: () => boolean;
  readonly serving: () => ServingPorts;
};

/** Who asks for flags, and where. */
export type FlagsAsk = {
  readonly context: EvaluationContext;
  /** ms since the epoch */
  readonly now: number;
  readonly newId: () => string;
};

type Provenance = Pick<FlagDecision, 'source' | 'generatedAt' | 'reason'>;

const provenanceOf = ({ source, generatedAt }: Provenance) => ({
  source,
  generatedAt: new Date(generatedAt).toISOString(),
});

const decideConfigFlags = async (ports: FlagPorts, { context, now, newId }: FlagsAsk) => {
  const [decided, set] = await Promise.all([
    ports.config({ ...askOfContext(context, now), newId }),
    ports.experiments(),
  ]);
  const arms: DecidedArms = {
    userId: context.targetingKey,
    decisionId: decided.decisionId,
    arms: decided.assignments,
    abTesting: ports.abTesting(),
  };
  return { decided, set, arms };
};

const evaluateSlot = (ports: FlagPorts, { context, now, newId }: FlagsAsk, key: string) => {
  const strategy = strategyOf(key);
  if (strategy === undefined) return undefined;
  const [userId, place] = [context.targetingKey, context.context ?? ''];
  return decideSlot(ports.serving(), { key, strategy, userId, context: place, now, newId });
};

/** Where one flag comes from: its own reason and, where the answer is not personal, why not. */
const withProvenance = (flag: FlagEvaluation, from: Provenance): FlagEvaluation => {
  const reasons = [flag.metadata.reason, from.reason].filter(Boolean);
  return {
    ...flag,
    metadata: { ...flag.metadata, ...provenanceOf(from), reason: [...new Set(reasons)].join('; ') },
  };
};

/** One flag with its provenance in the metadata. Throws `NotFound` where there is no such flag for this user. */
export const evaluateFlag = async (ports: FlagPorts, ask: FlagsAsk, key: string): Promise<FlagEvaluation> => {
  const slot = await evaluateSlot(ports, ask, key);
  if (slot) return withProvenance(slot.flag, slot.decided);
  const { decided, set, arms } = await decideConfigFlags(ports, ask);
  const flag = configFlag(decided, key) ?? experimentFlag(set, arms, key);
  if (!flag) throw new NotFound(`There is no flag "${key}"`);
  return withProvenance(flag, decided);
};

export type BulkEvaluation = {
  readonly flags: readonly FlagEvaluation[];
  /** Of the whole answer: provenance and how long it may be reused. */
  readonly metadata: FlagMetadata;
};

/**
 * Every flag of a user in one decision: the config's, the experiments', and the recommendation slots that the context asks for
 * by `recommendations`; each of those costs a recommendation of its own, so that none comes unasked.
 */
export const evaluateFlags = async (ports: FlagPorts, ask: FlagsAsk): Promise<BulkEvaluation> => {
  const [{ decided, set, arms }, ...slots] = await Promise.all([
    decideConfigFlags(ports, ask),
    ...askedSlots(ask.context.recommendations).map((key) => evaluateSlot(ports, ask, key)),
  ]);
  const ofSlots = slots.map((slot) => slot?.flag).filter((flag) => flag !== undefined);
  const { decisionId, ttlSeconds, reason } = decided;
  return {
    flags: [...configFlags(decided), ...experimentFlags(set, arms), ...ofSlots],
    metadata: { decisionId, ttlSeconds, ...provenanceOf(decided), ...(reason ? { reason } : {}) },
  };
};

/**
 * What an entity tag of a bulk answer is made of: the flags without what differs between two answers that say the same.
 * A fallback leaves no trace, so that its decision is another one each time.
 */
export const comparable = ({ flags, metadata }: BulkEvaluation): unknown =>
  metadata.source === 'fallback'
    ? flags.map(({ metadata: { decisionId: _, ...rest }, ...flag }) => ({ ...flag, metadata: rest }))
    : flags;
