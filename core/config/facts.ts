import type { Behaviour } from '../profile/behaviour.ts';
import { successScore } from '../profile/fold/content-success.ts';
import { deviceShares, featureUses } from '../profile/fold/tallies.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import { skillLevel } from '../profile/view/skill-level.ts';
import { segmentsOf } from '../segments/segments-of.ts';
import { offsetMinutes } from '../time/local-time.ts';
import { statedConfig } from './defaults/stated-config.ts';
import { FEATURES_KEPT, CONFIG_THRESHOLDS as T } from './defaults/thresholds.ts';
import type { DeclaredFeatures } from './features/declared-features.ts';
import type { ConfigFacts } from './inputs.ts';
import { DIFFICULTIES, type Difficulty } from './types.ts';

const DAY_MINUTES = 24 * 60;

const wholePercent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 100);

/** Hours are counted in UTC; the middle of each is looked up on the user's clock. */
const nightPercent = ({ hours }: Behaviour, offset: number): number => {
  const isNight = (utcHour: number): boolean => {
    const minutes = (utcHour * 60 + 30 + offset + 2 * DAY_MINUTES) % DAY_MINUTES;
    return minutes >= T.nightFrom * 60 || minutes < T.nightTo * 60;
  };
  const byNight = hours.reduce((sum, count, hour) => sum + (isNight(hour) ? count : 0), 0);
  return wholePercent(
    byNight,
    hours.reduce((sum, count) => sum + count, 0),
  );
};

const mainDevice = (behaviour: Behaviour): ConfigFacts['device'] => {
  const shares = deviceShares(behaviour);
  const [first] = shares;
  const total = shares.reduce((sum, { count }) => sum + count, 0);
  return first && [first.device, wholePercent(first.count, total), total];
};

const usedFeatures = (behaviour: Behaviour, { list }: DeclaredFeatures, now: number) => {
  const declared = new Set(list.map(({ feature }) => feature));
  return featureUses(behaviour, now)
    .filter(({ feature }) => declared.size === 0 || declared.has(feature))
    .slice(0, FEATURES_KEPT)
    .map(({ feature, count }) => [feature, count] as const);
};

const adoptedByTier = ({ features }: Behaviour, { list }: DeclaredFeatures): ConfigFacts['adopted'] => {
  const adopted = new Set(features.filter(([, count]) => count >= T.adoptedUses).map(([name]) => name));
  const inTier = (tier: Difficulty) =>
    list.filter(({ feature, level }) => level === tier && adopted.has(feature)).length;
  const [beginner, intermediate, advanced] = DIFFICULTIES;
  return [inTier(beginner), inTier(intermediate), inTier(advanced)];
};

const workingContent = ({ contentTypes }: Behaviour): ConfigFacts['contentTypes'] =>
  contentTypes
    .map(([type, , successes, failures]) => {
      const score = Math.round(successScore(successes, failures) * 100);
      return [type, score, successes + failures] as const;
    })
    .filter(([, score, evidence]) => score >= T.contentScorePercent && evidence >= T.contentEvidence)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, T.contentTypes);

/** Nothing is known, or nothing may be: what the neutral config is decided from. */
export const noFacts: ConfigFacts = {
  interactions: 0,
  skill: 'beginner',
  segments: [],
  nightPercent: 0,
  features: [],
  adopted: [0, 0, 0],
  contentTypes: [],
  stated: {},
};

/** What the defaults are decided from, out of all that is known of a user. `now` in ms. */
export const configFacts = (
  { profile, behaviour }: { readonly profile: StoredProfile; readonly behaviour: Behaviour },
  { now, timezone, features }: { now: number; timezone: string; features: DeclaredFeatures },
): ConfigFacts => {
  const device = mainDevice(behaviour);
  return {
    interactions: behaviour.interactions,
    skill: skillLevel(profile, behaviour),
    segments: segmentsOf(profile, behaviour, now),
    nightPercent: nightPercent(behaviour, offsetMinutes(timezone, now)),
    ...(device && { device }),
    features: usedFeatures(behaviour, features, now),
    adopted: adoptedByTier(behaviour, features),
    contentTypes: workingContent(behaviour),
    stated: statedConfig(profile.preferences),
  };
};
