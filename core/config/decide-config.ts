import { vocabularyOf } from '../decisions/config-trace.ts';
import { type KeepConfigPorts, keepConfigDecision } from '../decisions/keep-config-decision.ts';
import type { CompiledExperimentSet } from '../experiments/assignment/compile-experiments.ts';
import { type ExposurePorts, keepExposures, showsOtherArms } from '../experiments/assignment/exposures.ts';
import type { StickyAssignments } from '../experiments/types.ts';
import type { UserModels } from '../learn/users/types.ts';
import { CONSENT_REASON } from '../privacy/consent.ts';
import type { LoadedUser, UsersStore } from '../profile/ports.ts';
import type { CompiledRuleSet } from '../rules/evaluate/compiled.ts';
import type { Switches } from '../switches.ts';
import { type ConfigAnswer, configAnswerOf } from './config-answer.ts';
import { type ConfigSets, type DecidedConfig, decideFromInputs } from './decide-from-inputs.ts';
import type { DecisionCache } from './decision-cache.ts';
import type { DeclaredFeatures } from './features/declared-features.ts';
import { cacheKeyOf, fingerprintOf } from './fingerprint.ts';
import type { ConfigAsk, ConfigInputs } from './inputs.ts';
import { inputsFrom } from './inputs-from.ts';
import { nextChange } from './next-change.ts';
import { readsModels } from './rule-data.ts';

/** The sets that are kept in memory; no round trip most of the time. */
export type ConfigSetPorts = {
  readonly ruleSet: () => Promise<CompiledRuleSet>;
  readonly experimentSet: () => Promise<CompiledExperimentSet>;
  readonly features: () => Promise<DeclaredFeatures>;
};

export type ConfigPorts = KeepConfigPorts &
  ConfigSetPorts &
  ExposurePorts & {
    readonly users: Pick<UsersStore, 'load'>;
    /** Learned models of users; asked for only where a condition reads what they say. */
    readonly models: () => Promise<UserModels | undefined>;
    readonly switches: Switches;
    readonly cache: DecisionCache<ConfigAnswer>;
    /** Told when an arm that was shown could not be stored: the same arm is drawn again. */
    readonly exposureLost: (error: unknown) => void;
  };

export type ConfigQuestion = ConfigAsk & { readonly newId: () => string };

const SECOND_MS = 1_000;

export const loadConfigSets = async (ports: ConfigSetPorts): Promise<ConfigSets> => {
  const [rules, experiments, features] = await Promise.all([
    ports.ruleSet(),
    ports.experimentSet(),
    ports.features(),
  ]);
  return { rules, experiments, features };
};

type ModelPorts = Pick<ConfigPorts, 'models' | 'switches'>;

/** What is known of a user as inputs of a decision; the models are in memory most of the time. */
export const gatherInputs = async (
  { models, switches }: ModelPorts,
  loaded: LoadedUser,
  ask: ConfigAsk,
  sets: ConfigSets,
): Promise<ConfigInputs> => {
  const learned = readsModels([...sets.rules.reads, ...sets.experiments.reads]);
  const user = {
    profile: loaded.profile,
    behaviour: loaded.journal.behaviour,
    sticky: loaded.config?.sticky ?? {},
  };
  return inputsFrom(user, ask, {
    ...sets,
    abTesting: switches.abTesting,
    models: switches.ml && learned ? await models() : undefined,
  });
};

type Deciding = {
  readonly inputs: ConfigInputs;
  readonly decided: DecidedConfig;
  readonly loaded: LoadedUser;
};

/** The arms as they are stored then; undefined where they could not be. */
const showArms = async (
  ports: ConfigPorts,
  sets: ConfigSets,
  { inputs: { userId, sticky, now }, decided: { shown }, loaded }: Deciding,
): Promise<StickyAssignments | undefined> => {
  const { profile, journal } = loaded;
  const { behaviour } = journal;
  try {
    const showing = { userId, assignments: shown, sticky, profile, behaviour, now };
    return await keepExposures(ports, sets.experiments, showing);
  } catch (error) {
    ports.exposureLost(error);
    return undefined;
  }
};

/** The same user with the arms that another request was first with. */
const withArms = (loaded: LoadedUser, sticky: StickyAssignments): LoadedUser => ({
  ...loaded,
  config: { heads: new Map(), ...loaded.config, sticky },
});

const keepTrace = (
  ports: ConfigPorts,
  sets: ConfigSets,
  { inputs, decided, loaded }: Deciding,
  newId: () => string,
) => {
  const { config, applied: rules, heldOut, shown: arms } = decided;
  const said = { config, rules, heldOut, arms };
  const earlier = loaded.config?.heads ?? new Map();
  return keepConfigDecision(ports, { inputs, said, vocabulary: vocabularyOf(sets), earlier, newId });
};

type Loaded = { readonly loaded: LoadedUser; readonly sets: ConfigSets };

/** Decides, traces and shows the arms; once more, where other arms turn out to be stored: nobody sees two. */
const decideAndKeep = async (
  ports: ConfigPorts,
  question: ConfigQuestion,
  { loaded, sets }: Loaded,
): Promise<Deciding & { readonly decisionId: string; readonly sticky: StickyAssignments | undefined }> => {
  const inputs = await gatherInputs(ports, loaded, question, sets);
  const decided = decideFromInputs(inputs, sets);
  const deciding = { inputs, decided, loaded };
  const [{ decisionId }, sticky] = await Promise.all([
    keepTrace(ports, sets, deciding, question.newId),
    showArms(ports, sets, deciding),
  ]);
  const shown = { assignments: decided.shown, sticky: inputs.sticky };
  if (sticky && showsOtherArms(sets.experiments, shown, sticky)) {
    return decideAndKeep(ports, question, { loaded: withArms(loaded, sticky), sets });
  }
  return { ...deciding, decisionId, sticky };
};

const decideAnew = async (ports: ConfigPorts, question: ConfigQuestion, { loaded, sets }: Loaded) => {
  const { inputs, decided, decisionId, sticky } = await decideAndKeep(ports, question, { loaded, sets });
  const { now } = question;
  const expiresAt = nextChange(inputs, sets, now + ports.switches.cacheTtlSeconds * SECOND_MS);
  const answer = configAnswerOf(decided, {
    decisionId,
    generatedAt: now,
    source: inputs.personalised ? 'computed' : 'fallback',
    ttlSeconds: Math.floor((expiresAt - now) / SECOND_MS),
    ...(!inputs.personalised && { reason: CONSENT_REASON }),
  });
  return { answer, expiresAt, sticky };
};

/**
 * What an application should look like for a user here and now, and why. One request to the table brings everything about the
 * user; rules, experiments and features are in memory. A trace is written where the decision differs from the user's last one in
 * this context, and an arm where it is shown for the first time (the user is counted first), side by side. An answer that was given a moment ago and from the
 * same is given again (`cache`): nothing is computed or written then. Unknown users get what is right for new ones.
 */
export const decideConfig = async (ports: ConfigPorts, question: ConfigQuestion): Promise<ConfigAnswer> => {
  const { userId, now } = question;
  const [sets, loaded] = await Promise.all([
    loadConfigSets(ports),
    ports.users.load(userId, { parts: 'config', now }),
    ports.userSeal(),
  ]);
  const { realtime, cacheTtlSeconds } = ports.switches;
  const key = cacheKeyOf(question);
  const before = ports.cache.get(key, fingerprintOf(loaded, sets, { now, realtime }), now);
  if (before) {
    const ttlSeconds = Math.floor((before.expiresAt - now) / SECOND_MS);
    return { ...before.value, source: 'cache', ttlSeconds };
  }
  const { answer, expiresAt, sticky } = await decideAnew(ports, question, { loaded, sets });
  if (cacheTtlSeconds > 0 && answer.source === 'computed' && sticky) {
    const known = loaded.config && { ...loaded, config: { ...loaded.config, sticky } };
    const fingerprint = fingerprintOf(known ?? loaded, sets, { now, realtime });
    ports.cache.set(key, { fingerprint, value: answer, expiresAt });
  }
  return answer;
};
