import type { ConfigInputs } from '../config/inputs.ts';
import { configContext, configDigest, type SaidConfig } from './config-digest.ts';
import { configTraceOf, type TraceVocabulary } from './config-trace.ts';
import { newConfigDecisionId, wholeDecisionId } from './decision-id.ts';
import type { ConfigHeads, DecisionStore, UserSeal } from './ports.ts';

export type KeepConfigPorts = {
  readonly decisions: Pick<DecisionStore, 'putConfig'>;
  /** Loaded beside the user; no round trip but for a process's first. */
  readonly userSeal: () => Promise<UserSeal>;
  /** Told when a trace could not be written: its loss is never the caller's fault. */
  readonly traceLost: (error: unknown) => void;
};

export type MadeConfig = {
  readonly inputs: ConfigInputs;
  readonly said: Omit<SaidConfig, 'context' | 'device'>;
  readonly vocabulary: TraceVocabulary;
  /** From `LoadedUser.config`. */
  readonly earlier: ConfigHeads;
  readonly newId: () => string;
};

export type KeptConfig = {
  readonly decisionId: string;
  /** True where the user's last decision in this context said the same: nothing was written. */
  readonly unchanged: boolean;
};

/**
 * The id of a config decision, as clients see it: that of the last one in its context where it says the same, else a new
 * one, whose trace is written. Decisions about nobody (`personalised` false) get an id and no trace.
 */
export const keepConfigDecision = async (ports: KeepConfigPorts, made: MadeConfig): Promise<KeptConfig> => {
  const { inputs, earlier, newId } = made;
  const { userId, now } = inputs;
  const seal = await ports.userSeal();
  const whole = (bare: string) => wholeDecisionId(bare, seal.seal(userId, bare));
  const context = configContext(inputs.context, inputs.device);
  const digest = configDigest({ ...made.said, context: inputs.context, device: inputs.device });
  const last = inputs.personalised ? earlier.get(context) : undefined;
  if (last?.digest === digest) return { decisionId: whole(last.decisionId), unchanged: true };
  const decisionId = newConfigDecisionId(now, newId);
  if (inputs.personalised) {
    const body = configTraceOf(inputs, made.vocabulary);
    await put(ports, { decisionId, userId, decidedAt: now, body, context, digest, earlier });
  }
  return { decisionId: whole(decisionId), unchanged: false };
};

const put = async (
  { decisions, traceLost }: KeepConfigPorts,
  decision: Parameters<DecisionStore['putConfig']>[0],
): Promise<void> => {
  try {
    await decisions.putConfig(decision);
  } catch (error) {
    traceLost(error);
  }
};
