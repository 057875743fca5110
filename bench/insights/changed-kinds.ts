import { factHash } from '../../core/insights/facts/fact-hash.ts';
import type { Fact, FactSheet } from '../../core/insights/facts/types.ts';

/** Which kinds of facts made a kept text useless: a text may be so for several. */
export type ChangedKinds = {
  readonly look: (userId: string, sheet: FactSheet) => void;
  /** Dashboards on which a kind was not what it was on the one before, most often first. */
  readonly counts: () => readonly (readonly [kind: string, dashboards: number])[];
};

/** Of kinds that are not there, and of those that are not in the hash. */
const NOTHING = factHash([]);

const byKind = (facts: readonly Fact[]): Map<string, string> =>
  new Map([...Map.groupBy(facts, ({ kind }) => kind)].map(([kind, some]) => [kind, factHash(some)]));

export const changedKinds = (): ChangedKinds => {
  const last = new Map<string, Map<string, string>>();
  const counts = new Map<string, number>();
  return {
    look: (userId, { facts }) => {
      const now = byKind(facts);
      const before = last.get(userId);
      last.set(userId, now);
      if (!before) return;
      for (const kind of new Set([...before.keys(), ...now.keys()]))
        if ((before.get(kind) ?? NOTHING) !== (now.get(kind) ?? NOTHING))
          counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    counts: () => [...counts].sort(([, a], [, b]) => b - a),
  };
};
