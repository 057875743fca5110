import { nameHash } from './name-hash.ts';

type Named = [name: string, ...rest: unknown[]];

const byName = (a: Named, b: Named): number => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);

/**
 * At most `limit` of the tallies, sorted by name: those that `first` prefers, then those of the smallest hash
 * (bottom-k sample: Cohen & Kaplan 2007).
 *
 * Why not the oldest or rarest out: what has the smallest priority among all names was never put out before, so its
 * counts are whole, whatever order and grouping the interactions came in. An order by time or count changes while events
 * arrive late, and what comes back after having been put out has lost its past: the fold would depend on the order.
 */
export const keepByPriority = <T extends Named>(
  tallies: T[],
  limit: number,
  first: (name: string) => boolean = () => false,
): T[] => {
  if (tallies.length <= limit) return tallies.sort(byName);
  const priority = ([name]: T): number => (first(name) ? -1 : nameHash(name));
  const kept = tallies.map((tally) => ({ tally, rank: priority(tally) }));
  kept.sort((a, b) => a.rank - b.rank || byName(a.tally, b.tally));
  return kept
    .slice(0, limit)
    .map(({ tally }) => tally)
    .sort(byName);
};
