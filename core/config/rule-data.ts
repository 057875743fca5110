import type { UserModels } from '../learn/users/types.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import { sessionSpans } from '../profile/fold/session-days.ts';
import { featureCount } from '../profile/fold/tallies.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import { engagementLevel } from '../profile/view/engagement-level.ts';
import { learnedView } from '../profile/view/learned-view.ts';
import { personalizationScore } from '../profile/view/personalization-score.ts';
import { analyticsOf } from '../profile/view/profile-analytics.ts';
import { deviceView, profileView, sessionStatistics } from '../profile/view/profile-view.ts';
import { skillLevel } from '../profile/view/skill-level.ts';
import { keysOf, valueAt } from '../rules/conditions/paths.ts';
import type { DataSource } from '../rules/conditions/pick-data.ts';
import { type Segment, segmentsOf } from '../segments/segments-of.ts';
import { localTime } from '../time/local-time.ts';
import type { ConfigAsk } from './inputs.ts';

/** Where conditions get their values from. */
export type RuleDataSource = {
  readonly ask: ConfigAsk;
  /** IANA name; UTC where the user's may not be read. */
  readonly timezone: string;
  /** Undefined where consent forbids to read anything about the user. */
  readonly known?: { readonly profile: StoredProfile; readonly behaviour: Behaviour };
  /** Learned models of users, for `user.churn`, `user.lifetimeValue` and `user.learnedSegment`. */
  readonly models?: UserModels;
};

type Known = Required<RuleDataSource>['known'] & { now: number; models?: UserModels };

/** A session that was silent for so long is over. */
const SESSION_GAP_MS = 30 * 60_000;

/** Roots that say nothing about the user but what the request itself says. */
const NEUTRAL_ROOTS: ReadonlySet<string> = new Set(['context', 'device', 'locale', 'now']);

/** What conditions read of learned models. */
const LEARNED = /^user\.(churn|lifetimeValue|learnedSegment)\b/;

/** True where a condition asks what only learned models say. */
export const readsModels = (reads: readonly string[]): boolean => reads.some((path) => LEARNED.test(path));

/** True where a path may be read without the user's consent: it is about the request. */
export const isNeutralPath = (path: string): boolean => NEUTRAL_ROOTS.has(keysOf(path)[0] ?? '');

/** Whole minutes since the session began that is going on now (last seen within half an hour); 0 between sessions. */
export const sessionMinutes = ({ sessionDays }: Behaviour, now: number): number => {
  const last = sessionSpans(sessionDays).reduce((a, b) => (b.end > a.end ? b : a), { start: 0, end: 0 });
  return now - last.end > SESSION_GAP_MS ? 0 : Math.max(0, Math.floor((now - last.start) / 60_000));
};

/** Parts of the profile that are cheap by themselves; anything else is taken from the whole view. */
const PARTS: Readonly<Record<string, (known: Known) => unknown>> = {
  skillLevel: ({ profile, behaviour }) => skillLevel(profile, behaviour),
  engagementLevel: ({ behaviour, now }) => engagementLevel(behaviour, now),
  personalizationScore: ({ profile, behaviour, now }) => personalizationScore(profile, behaviour, now),
  segments: ({ profile, behaviour, now }) => segmentsOf(profile, behaviour, now),
  sessions: ({ behaviour }) => sessionStatistics(behaviour),
  devices: ({ behaviour }) => deviceView(behaviour),
  analytics: ({ behaviour }) => analyticsOf(behaviour),
  churn: (known) => learnedView(known, known.models).churn,
  lifetimeValue: (known) => learnedView(known, known.models).lifetimeValue,
  learnedSegment: (known) => learnedView(known, known.models).learnedSegment,
  attributes: ({ profile }) => profile.attributes,
  preferences: ({ profile }) => profile.preferences,
  learner: ({ profile }) => profile.learner,
  marketFocus: ({ profile }) => profile.marketFocus,
  privacy: ({ profile }) => profile.privacy,
  timezone: ({ profile }) => profile.timezone,
  version: ({ profile }) => profile.version,
  userId: ({ profile }) => profile.userId,
  email: ({ profile }) => profile.email,
};

/** Each root is worked out once. */
const remembered = <T>(make: (root: string) => T): ((root: string) => T) => {
  const made = new Map<string, T>();
  return (root) => {
    if (!made.has(root)) made.set(root, make(root));
    return made.get(root) as T;
  };
};

type Keys = readonly string[];

const userValues = (known: Known): ((keys: Keys) => unknown) => {
  const whole = remembered(() => profileView(known));
  const part = remembered((root) => {
    const make = Object.hasOwn(PARTS, root) ? PARTS[root] : undefined;
    return make ? make(known) : valueAt(whole(''), [root]);
  });
  return ([root, ...rest]) => (root === undefined ? whole('') : valueAt(part(root), rest));
};

/** `[export, count]` -> 41; 0 for what was never used. */
const featureValue = (behaviour: Behaviour, [feature, ...rest]: Keys): unknown =>
  feature === undefined
    ? Object.fromEntries(behaviour.features.map(([name, count]) => [name, { count }]))
    : valueAt({ count: featureCount(behaviour, feature) }, rest);

type Reader = (keys: Keys) => unknown;

const requestReaders = ({ ask, timezone }: RuleDataSource): Record<string, Reader> => ({
  context: (keys) => valueAt(ask.context, keys),
  device: (keys) => valueAt(ask.device, keys),
  locale: (keys) => valueAt(ask.locale, keys),
  now: (keys) => {
    const { hour, weekday, iso } = localTime(timezone, ask.now);
    return valueAt({ hour, weekday, iso }, keys);
  },
});

const segmentReaders = (segmentsNow: () => readonly Segment[]): Record<string, Reader> => ({
  segments: (keys) =>
    valueAt(
      segmentsNow().map(({ name }) => name),
      keys,
    ),
  confidence: ([segment, ...rest]) =>
    segment === undefined
      ? Object.fromEntries(segmentsNow().map(({ name, confidence }) => [name, confidence]))
      : valueAt(segmentsNow().find(({ name }) => name === segment)?.confidence ?? 0, rest),
});

const personalReaders = ({ ask, known, models }: RuleDataSource): Record<string, Reader> => {
  if (!known) return {};
  const { behaviour } = known;
  const profile = { ...known.profile, attributes: { ...known.profile.attributes, ...ask.attributes } };
  const segments = remembered(() => segmentsOf(profile, behaviour, ask.now));
  const session = () => ({ count: behaviour.sessions, minutes: sessionMinutes(behaviour, ask.now) });
  return {
    user: userValues({ profile, behaviour, now: ask.now, models }),
    ...segmentReaders(() => segments('')),
    session: (keys) => valueAt(session(), keys),
    features: (keys) => featureValue(behaviour, keys),
  };
};

/**
 * Tells the value of any path that conditions may read (core/rules/types.ts, `RuleData`), working out only what is asked for;
 * undefined where there is nothing, or where consent forbids it. `experiments.*` is not among them: arms come with the decision.
 */
export const ruleDataOf = (source: RuleDataSource): DataSource => {
  const readers = new Map(Object.entries({ ...requestReaders(source), ...personalReaders(source) }));
  return (_, [root = '', ...rest]) => readers.get(root)?.(rest);
};

/** The values of paths, by path, of those that hold anything. */
export const valuesOf = (reads: readonly string[], source: RuleDataSource): Record<string, unknown> => {
  const value = ruleDataOf(source);
  const found = reads.map((path) => [path, value(path, keysOf(path)) ?? undefined] as const);
  return Object.fromEntries(found.filter(([, one]) => one !== undefined));
};
