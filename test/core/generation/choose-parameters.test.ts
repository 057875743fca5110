import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { EngagedTerms } from '../../../core/catalog/engaged-terms.ts';
import { chooseParameters, overallConfidence } from '../../../core/generation/choose-parameters.ts';
import { nobodyKnown } from '../../../core/generation/option.ts';
import { rewardOf } from '../../../core/generation/outcome-reward.ts';
import type {
  GenerationOutcome,
  GenerationPlace,
  GenerationSpace,
  LevelCounts,
  OutcomeTallies,
} from '../../../core/generation/types.ts';

type Vectors = {
  rewards: { what: string; outcome: GenerationOutcome; reward: number | null }[];
  space: GenerationSpace;
  choices: {
    what: string;
    place?: GenerationPlace;
    preferences?: Record<string, unknown>;
    engaged?: EngagedTerms;
    tallies?: OutcomeTallies;
    segment?: string;
    everybody?: LevelCounts;
    segments?: Record<string, LevelCounts>;
    expect: Record<string, [unknown, string, number]>;
  }[];
};

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/generation.json', import.meta.url), 'utf8'),
) as Vectors;

describe('the reward of an outcome', () => {
  it.each(vectors.rewards)('$what', ({ outcome, reward }) => {
    expect(rewardOf(outcome)).toBe(reward);
  });
});

const chosenIn = ({ place = {}, everybody = {}, segments = {}, ...known }: Vectors['choices'][number]) =>
  chooseParameters(vectors.space, {
    known: { ...nobodyKnown, ...known },
    population: { everybody, segments },
    place,
  });

describe('parameters of a generation', () => {
  it.each(vectors.choices)('$what', (vector) => {
    const chosen = chosenIn(vector).map(({ name, value, from, expected }) => [name, [value, from, expected]]);
    expect(Object.fromEntries(chosen)).toEqual(vector.expect);
  });

  it('are surer the more outcomes speak for them, and say so in words', () => {
    const of = (n: number) =>
      chosenIn({
        what: '',
        expect: {},
        tallies: { visualStyle: { '"cinematic"': [n, n * 950, n * 902] } },
      })[0]!;
    const confidences = [1, 3, 10, 40].map((n) => of(n).confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(confidences[3]).toBeGreaterThan(0.7);
    expect(of(3).reason).toBe('"cinematic" went well for this user: 3 outcomes with 0.95 on average');
    expect(overallConfidence(chosenIn({ what: '', expect: {} }))).toBeLessThan(0.2);
    expect(overallConfidence([])).toBe(0);
  });

  it('tell what went badly where the next best has no outcome of its own', () => {
    const [style] = chosenIn({
      what: '',
      expect: {},
      tallies: { visualStyle: { '"natural"': [3, 150, 9] } },
    });
    expect(style!.reason).toBe(
      '"natural" did not go well for this user (3 outcomes with 0.05 on average): the next best',
    );
  });
});
