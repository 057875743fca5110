import { describe, expect, it } from '@jest/globals';
import type { FactPattern } from '../../../../core/domains/types.ts';
import {
  firstMatch,
  indexFacts,
  matchesPattern,
  noneMatches,
} from '../../../../core/insights/texts/match-facts.ts';
import { aFact, aSheet } from '../../../support/insights.ts';
import vectors from '../../../vectors/fact-patterns.json' with { type: 'json' };

const patternOf = (where: unknown): FactPattern => ({ kind: 'goal', where: where as FactPattern['where'] });

describe('a pattern of facts', () => {
  it.each(vectors.cases)('$why: $where', ({ fact, where, matches }) => {
    const fields = vectors.facts[fact as keyof typeof vectors.facts] as Record<string, string | number>;
    expect(matchesPattern(aFact('goal1', 'goal', fields), patternOf(where))).toBe(matches);
  });

  it('is for one kind only', () => {
    expect(matchesPattern(aFact('streak1', 'streak', { days: 3 }), { kind: 'hour' })).toBe(false);
  });

  it('finds the first fact of the sheet, or none', () => {
    const goals = [
      aFact('goal1', 'goal', { pace: 'done' }),
      aFact('goal2', 'goal', { pace: 'behind' }),
      aFact('goal3', 'goal', { pace: 'behind' }),
    ];
    const index = indexFacts(aSheet(goals));
    expect(firstMatch(index, patternOf({ pace: 'behind' }))?.id).toBe('goal2');
    expect(firstMatch(index, { kind: 'churn' })).toBeUndefined();
    expect(noneMatches(index, [{ kind: 'churn' }, patternOf({ pace: 'ahead' })])).toBe(true);
    expect(noneMatches(index, [{ kind: 'churn' }, patternOf({ pace: 'done' })])).toBe(false);
    expect(noneMatches(indexFacts(aSheet([])))).toBe(true);
  });
});
