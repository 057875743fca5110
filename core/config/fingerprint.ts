import type { LoadedUser } from '../profile/ports.ts';
import { localTime } from '../time/local-time.ts';
import type { ConfigSets } from './decide-from-inputs.ts';
import type { ConfigAsk } from './inputs.ts';
import { sessionMinutes } from './rule-data.ts';

const MINUTE_MS = 60_000;

/** Where an answer is kept: who asks from where, with what. */
export const cacheKeyOf = ({ userId, context, device, locale, attributes }: ConfigAsk): string =>
  JSON.stringify([userId, context, device, locale, attributes]);

/** What the clock says to conditions that ask it, as coarsely as they can tell. */
const clockOf = (reads: readonly string[], { profile, journal }: LoadedUser, now: number): unknown[] => {
  const hasRead = (path: string) => reads.includes(path);
  if (!reads.some((path) => path.startsWith('now.') || path === 'session.minutes')) return [];
  const { hour, weekday } = localTime(profile?.timezone ?? 'UTC', now);
  return [
    hour,
    weekday,
    hasRead('now.iso') ? Math.floor(now / MINUTE_MS) : 0,
    hasRead('session.minutes') && journal.behaviour ? sessionMinutes(journal.behaviour, now) : 0,
  ];
};

/** What was folded so far; a reset or a recompute is another state. */
const behaviourOf = ({ journal: { seq, counted, newestAt, resetAt, resetSeq } }: LoadedUser): number[] => [
  seq,
  counted,
  newestAt,
  resetAt,
  resetSeq,
];

/**
 * Text that changes with everything that may change the answer: the profile, what was done (unless `realtime` is off: the
 * answer then waits for its time to run out), the arms seen, rules, experiments, features, and the clock where conditions read it.
 */
export const fingerprintOf = (
  loaded: LoadedUser,
  { rules, experiments, features }: ConfigSets,
  { now, realtime }: { now: number; realtime: boolean },
): string =>
  JSON.stringify([
    loaded.profile?.version ?? 0,
    loaded.profile?.updatedAt ?? 0,
    realtime ? behaviourOf(loaded) : [],
    loaded.config?.sticky ?? {},
    rules.version,
    experiments.version,
    features.fingerprint,
    clockOf([...rules.reads, ...experiments.reads], loaded, now),
  ]);
