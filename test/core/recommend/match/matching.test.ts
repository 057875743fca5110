import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CatalogItem } from '../../../../core/catalog/types.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import type { QuestionnaireData } from '../../../../core/profile/stored-profile.ts';
import { budgetFit, timelineFit } from '../../../../core/recommend/match/factors.ts';
import { FACTORS } from '../../../../core/recommend/match/types.ts';
import {
  askedIn,
  DEFAULT_MATCHING,
  type Factor,
  learnWeights,
  type MatchExample,
  matchConfidence,
  matchItem,
  matchStrength,
  quickStrength,
} from '../../../../core/recommend/matching.ts';
import { catalogItem } from '../recommend-world.ts';

const NOW = Date.UTC(2026, 10, 21);
const SEED = 82;

type Row = {
  what: string;
  answers: QuestionnaireData;
  item: Partial<CatalogItem>;
  score: number | null;
  factors: Partial<Record<Factor, number>>;
  reason?: string;
};

const rows = JSON.parse(
  readFileSync(new URL('../../../vectors/matching.json', import.meta.url), 'utf8'),
) as Row[];

const match = (answers: QuestionnaireData, item: Partial<CatalogItem>, users = 0) => {
  const asked = askedIn(answers, DEFAULT_MATCHING, NOW);
  return asked && matchItem(asked, catalogItem('x', { title: 'X', ...item }), users);
};

describe('matching', () => {
  it.each(rows)('$what', ({ answers, item, score, factors, reason }) => {
    const found = match(answers, item);
    if (score === null) {
      expect(found).toBeUndefined();
      return;
    }
    const values = Object.fromEntries(found?.factors.map(({ factor, value }) => [factor, value]) ?? []);
    expect(Object.keys(values).sort()).toEqual(Object.keys(factors).sort());
    for (const [factor, value] of Object.entries(factors)) expect(values[factor]).toBeCloseTo(value, 3);
    expect(found?.score).toBeCloseTo(score, 3);
    expect(found?.reason).toBe(reason);
  });

  it('weighs format .30, each genre .10 up to .30, budget .20, timeline .15, and the rest', () => {
    const { format, genre, ...others } = DEFAULT_MATCHING.weights;
    expect([format, genre, others.budget, others.timeline]).toEqual([0.3, 0.1, 0.2, 0.15]);
    const sum = format + 3 * genre + Object.values(others).reduce((all, weight) => all + weight, 0);
    expect(sum).toBeCloseTo(1, 10);
  });

  it('is surer with more factors and more users, and never beyond 1', () => {
    expect(matchConfidence(6, 1e9)).toBeCloseTo(1, 6);
    expect(matchConfidence(6, 0)).toBeCloseTo(0.6, 10);
    expect(matchConfidence(3, 20)).toBeCloseTo(0.4, 10);
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.nat(), fc.nat(), (judged, users, more) => {
        expect(matchConfidence(judged + 1, users)).toBeGreaterThan(matchConfidence(judged, users));
        expect(matchConfidence(judged, users + more)).toBeGreaterThanOrEqual(matchConfidence(judged, users));
      }),
      { seed: SEED },
    );
  });

  it('stays within 0 and 1, whatever is said and whatever the item is', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40, unit: 'grapheme' }),
      fc.constantFrom('documentary', '10-20k €', 'this year', 'photos'),
    );
    const list = fc.array(text, { maxLength: 3 });
    const said = fc.record(
      { format: text, budget: text, timeline: text, materials: list, involvement: text, logline: text },
      { requiredKeys: [] },
    );
    const item = fc.record(
      {
        format: text,
        genres: list,
        tags: list,
        timeline: text,
        budget: fc.record({ min: fc.nat(), max: fc.nat() }, { requiredKeys: [] }),
        attributes: fc.dictionary(
          fc.constantFrom('materials', 'involvement', 'currency', 'budget'),
          fc.jsonValue(),
        ) as fc.Arbitrary<Record<string, unknown>>,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(said, item, (answers, given) => {
        const found = match(answers, given);
        const asked = askedIn(answers, DEFAULT_MATCHING, NOW);
        const quick = asked && quickStrength(asked, catalogItem('x', { title: 'X', ...given }));
        expect(quick ?? 0).toBeCloseTo(found ? matchStrength(found) : 0, 10);
        for (const value of found ? [found.score, found.confidence, found.coverage] : []) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('compares ranges the same both ways, best where one lies in the other', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }))
      .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));
    fc.assert(
      fc.property(range, range, (a, b) => {
        expect(budgetFit(a, b)).toBeCloseTo(budgetFit(b, a), 10);
        expect(budgetFit(a, a)).toBe(1);
        expect(budgetFit(a, b)).toBeGreaterThanOrEqual(0);
        expect(timelineFit(a, b)).toBeGreaterThan(0);
        expect(timelineFit(a, b)).toBeLessThanOrEqual(1);
      }),
      { seed: SEED },
    );
  });
});

/** Users who choose by these weights: log-odds 8 * (weighted mean - .5). */
const examplesBy = (truth: Record<Factor, number>, count: number, missing: number): MatchExample[] => {
  const random = seededRandom(SEED);
  return Array.from({ length: count }, () => {
    const values = Object.fromEntries(FACTORS.map((factor) => [factor, random()])) as Record<Factor, number>;
    const sum = FACTORS.reduce((all, factor) => all + truth[factor] * values[factor], 0);
    const chosen = random() < 1 / (1 + Math.exp(-8 * (sum - 0.5)));
    return { chosen, factors: Object.fromEntries(Object.entries(values).filter(() => random() >= missing)) };
  });
};

describe('weights that are learned', () => {
  const truth = { format: 0.1, genres: 0.1, budget: 0.5, timeline: 0.2, materials: 0.1, involvement: 0 };

  it('come near those by which users chose', () => {
    const learned = learnWeights(examplesBy(truth, 20_000, 0.1), DEFAULT_MATCHING.weights);
    expect(learned.budget).toBeCloseTo(truth.budget, 1);
    expect(learned.timeline).toBeCloseTo(truth.timeline, 1);
    expect(Math.abs(learned.format - truth.format)).toBeLessThan(0.05);
    expect(Math.abs(3 * learned.genre - truth.genres)).toBeLessThan(0.05);
    expect(learned.involvement).toBeLessThan(0.03);
    const { genre, ...others } = learned;
    expect(3 * genre + Object.values(others).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 2);
  });

  it('stay near those before while little was seen, and where nothing can be learned', () => {
    const before = DEFAULT_MATCHING.weights;
    const few = learnWeights(examplesBy(truth, 20, 0), before);
    expect(Math.abs(few.budget - before.budget)).toBeLessThan(0.06);
    expect(learnWeights([], before)).toEqual(before);
    const all = examplesBy(truth, 50, 0).map((example) => ({ ...example, chosen: true }));
    expect(learnWeights(all, before)).toEqual(before);
    const same = [true, false].map((chosen) => ({ chosen, factors: { format: 1 } }));
    expect(learnWeights(same, before)).toEqual(before);
  });

  it('are never below zero, whatever was chosen', () => {
    const example = fc.record({
      chosen: fc.boolean(),
      factors: fc.dictionary(fc.constantFrom(...FACTORS), fc.double({ min: 0, max: 1, noNaN: true })),
    }) as fc.Arbitrary<MatchExample>;
    fc.assert(
      fc.property(fc.array(example, { maxLength: 40 }), (examples) => {
        for (const weight of Object.values(learnWeights(examples, DEFAULT_MATCHING.weights))) {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(1);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
