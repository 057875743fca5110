import type { RuleCounts, RulesCounts } from './types.ts';

/** What is kept, so that the counts of 500 rules fit one item of the table. */
const VERSIONS_KEPT = 5;
const RULES_NAMED = 10;

type ByRule = Readonly<Record<string, number>>;

const most = (users: ByRule = {}): ByRule =>
  Object.fromEntries(
    Object.entries(users)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, RULES_NAMED),
  );

const condensed = (counts: RuleCounts, newest: boolean): RuleCounts => {
  const { segments, ...rest } = counts;
  const named = { ...rest, lostTo: most(counts.lostTo), wonOver: most(counts.wonOver) };
  return newest ? { ...named, segments } : named;
};

/**
 * The sums of all users as they are stored: the last five counted versions of a rule, segments of the newest, and of the rules in
 * conflict with it those with the most users.
 */
export const condensedCounts = (all: RulesCounts): RulesCounts =>
  Object.fromEntries(
    Object.entries(all).map(([ruleId, versions]) => {
      const newestFirst = Object.keys(versions).sort((a, b) => Number(b) - Number(a));
      const kept = newestFirst.slice(0, VERSIONS_KEPT);
      return [ruleId, Object.fromEntries(kept.map((key, at) => [key, condensed(versions[key]!, at === 0)]))];
    }),
  );
