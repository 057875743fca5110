import type { StickyAssignments } from '../experiments/types.ts';
import type { UserModels } from '../learn/users/types.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import { allowsPersonalisation, newProfile, type StoredProfile } from '../profile/stored-profile.ts';
import { configFacts, noFacts } from './facts.ts';
import type { DeclaredFeatures } from './features/declared-features.ts';
import type { ConfigAsk, ConfigInputs } from './inputs.ts';
import { isNeutralPath, valuesOf } from './rule-data.ts';

/** What is known of the user; nothing of an unknown one. */
export type ConfigUser = {
  readonly profile: StoredProfile | undefined;
  readonly behaviour: Behaviour | undefined;
  /** Arms that the user saw before. */
  readonly sticky: StickyAssignments;
};

/** What inputs are gathered for: the versions of the sets, and the paths that their conditions read. */
export type ConfigSources = {
  readonly rules: { readonly version: number; readonly reads: readonly string[] };
  readonly experiments: { readonly version: number; readonly reads: readonly string[] };
  readonly features: DeclaredFeatures;
  readonly abTesting: boolean;
  /** Learned models of users. */
  readonly models?: UserModels;
};

/** True where a user's data may be used for a config; an unknown user has forbidden nothing. */
export const mayPersonalise = (profile: StoredProfile | undefined): boolean =>
  profile === undefined || allowsPersonalisation(profile);

const NOWHERE = 'UTC';

const asked = (ask: ConfigAsk, sources: ConfigSources) => ({
  userId: ask.userId,
  context: ask.context,
  now: ask.now,
  device: ask.device ?? null,
  locale: ask.locale ?? null,
  ruleSetVersion: sources.rules.version,
  experimentSetVersion: sources.experiments.version,
  featuresFingerprint: sources.features.fingerprint,
});

const readsOf = ({ rules, experiments }: ConfigSources): string[] =>
  [...new Set([...rules.reads, ...experiments.reads])].sort();

const neutralInputs = (ask: ConfigAsk, sources: ConfigSources): ConfigInputs => ({
  ...asked(ask, sources),
  timezone: NOWHERE,
  personalised: false,
  abTesting: false,
  facts: noFacts,
  values: valuesOf(readsOf(sources).filter(isNeutralPath), { ask, timezone: NOWHERE }),
  sticky: {},
});

/**
 * Everything that a config is decided from. Where consent forbids it nothing about the user is in it, neither their time zone
 * nor the attributes that the application sends along: only what the request says of itself.
 */
export const inputsFrom = (user: ConfigUser, ask: ConfigAsk, sources: ConfigSources): ConfigInputs => {
  if (!mayPersonalise(user.profile)) return neutralInputs(ask, sources);
  const profile = user.profile ?? newProfile(ask.userId, ask.now);
  const known = { profile, behaviour: user.behaviour ?? emptyBehaviour() };
  const { abTesting, features, models } = sources;
  const timezone = profile.timezone ?? NOWHERE;
  return {
    ...asked(ask, sources),
    timezone,
    personalised: true,
    abTesting,
    facts: configFacts(known, { now: ask.now, timezone, features }),
    values: valuesOf(readsOf(sources), { ask, timezone, known, models }),
    sticky: user.sticky,
  };
};
