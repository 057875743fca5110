import type { Fact, FactSheet } from '../../core/insights/facts/types.ts';

/** A cache of texts that is only counted: what a rule about when a text is still good would have written. */
export type CountedCache = {
  readonly written: () => number;
  readonly hits: () => number;
  /** A dashboard of a user whose facts have this key; the text is there for the next. */
  readonly open: (userId: string, key: string, now: number) => void;
};

export const countedCache = (ttlMs: number): CountedCache => {
  const kept = new Map<string, { key: string; until: number }>();
  let [written, hits] = [0, 0];
  return {
    written: () => written,
    hits: () => hits,
    open: (userId, key, now) => {
      const before = kept.get(userId);
      if (before && before.key === key && before.until > now) hits += 1;
      else {
        written += 1;
        kept.set(userId, { key, until: now + ttlMs });
      }
    },
  };
};

const exactly = ({ kind, names, words, numbers, dates }: Fact): string =>
  JSON.stringify([kind, names, words, numbers, dates]);

/** Every field of every fact as it is: the text would never say anything of yesterday. */
export const exactKey = ({ facts }: FactSheet): string => facts.map(exactly).sort().join('\n');

/** The same without what changes by every click or hour (`recent`, `activity`, the hour's own facts). */
export const calmKey = ({ facts }: FactSheet): string =>
  facts
    .filter(({ kind }) => !['recent', 'activity', 'time', 'hour', 'device'].includes(kind))
    .map(exactly)
    .sort()
    .join('\n');
