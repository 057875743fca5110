import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_GENERATIONS, remembered } from '../../../core/generation/memory.ts';
import { settleGeneration } from '../../../core/generation/record-generation.ts';
import {
  type GenerationMemory,
  type GenerationSpace,
  noGenerations,
  type RememberedGeneration,
} from '../../../core/generation/types.ts';

const space: GenerationSpace = {
  parameters: [
    { name: 'style', title: 'Style', options: ['a', 'b', '__proto__'], default: 'a' },
    {
      name: 'ratio',
      title: 'Ratio',
      options: [1, 2],
      default: 1,
      byPurpose: { social: 2 },
      perPlace: true,
    },
  ],
};

const generation = fc.record({
  id: fc.constantFrom('g1', 'g2', 'g3', 'g4', 'g5', '__proto__'),
  at: fc.integer({ min: 0, max: 10 }),
  parameters: fc.record({
    style: fc.constantFrom('a', 'b', '__proto__', 'unknown'),
    ratio: fc.constantFrom(1, 2),
  }),
  purpose: fc.constantFrom('social', 'wedding', undefined),
  reward: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
});

const told = (all: readonly RememberedGeneration[]): GenerationMemory =>
  all.reduce((memory, one) => remembered(memory, one, space), noGenerations);

describe('what is remembered of generations', () => {
  it('is the same whatever was told before of the same generation', () => {
    fc.assert(
      fc.property(fc.array(generation, { maxLength: 12 }), (all) => {
        const last = [...new Map(all.map((one) => [one.id, one])).values()];
        const sum = ({ tallies }: GenerationMemory) =>
          Object.fromEntries(
            Object.entries(tallies)
              .map(([cell, values]) => [cell, Object.entries(values).sort()] as const)
              .filter(([, values]) => values.length > 0)
              .sort(),
          );
        expect(sum(told(all))).toEqual(sum(told(last)));
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  it('counts each outcome once in each of its cells, and nothing that the product does not declare', () => {
    const memory = told([
      { id: 'x', at: 1, parameters: { style: 'a', ratio: 2 }, purpose: 'social', reward: 0.5 },
      { id: 'y', at: 2, parameters: { style: 'a', ratio: 2 }, purpose: 'wedding', reward: 1 },
      { id: 'z', at: 3, parameters: { style: 'unknown', volume: 9 }, reward: 1 },
    ]);
    expect(memory.tallies).toEqual({
      style: { '"a"': [2, 1500, 1250] },
      'ratio|social|': { 2: [1, 500, 250] },
      'ratio||': { 2: [1, 1000, 1000] },
    });
  });

  it('keeps the newest one by one and the tallies of all', () => {
    const many = Array.from({ length: 60 }, (_, n) => ({
      id: `g${n}`,
      at: n,
      parameters: { style: 'a' },
      reward: 1,
    }));
    const memory = told(many);
    expect(memory.generations).toHaveLength(MOST_GENERATIONS);
    expect(memory.generations[0]!.id).toBe('g59');
    expect(memory.tallies.style).toEqual({ '"a"': [60, 60_000, 60_000] });
  });
});

const domain = { name: 'video', generation: space };
const outcome = { status: 'completed', rating: 5 } as const;

describe('an outcome', () => {
  const chosen = remembered(noGenerations, { id: 'g', at: 1, parameters: { style: 'a', ratio: 1 } }, space);
  const settle = (given: object, memory = chosen) =>
    settleGeneration(memory, {
      userId: 'ada',
      generationId: 'g',
      place: {},
      outcome,
      domain,
      now: 5,
      ...given,
    });

  it('of a known generation needs no parameters, and those that are told go over the chosen ones', () => {
    expect(settle({})).toMatchObject({ known: true, learned: { style: 'a', ratio: 1 }, outside: [] });
    expect(settle({ parameters: { style: 'b', volume: 3 } })).toMatchObject({
      known: true,
      learned: { style: 'b', ratio: 1 },
      outside: ['volume'],
    });
  });

  it('of an unknown one needs them', () => {
    expect(() => settle({ generationId: 'other' })).toThrow(/generationId "other"/);
    expect(settle({ generationId: 'other', parameters: { style: 'b' } })).toMatchObject({
      known: false,
      learned: { style: 'b' },
    });
  });

  it('that is a failure takes back what was learned before', () => {
    const good = settle({}).memory;
    expect(good.tallies.style).toEqual({ '"a"': [1, 1000, 1000] });
    const failed = settle({ outcome: { status: 'failed' } }, good);
    expect(failed.memory.tallies.style).toEqual({});
    expect(failed.learned).toEqual({});
  });
});
