import { beforeAll, describe, expect, it } from '@jest/globals';
import { sumTrees } from '../../../core/analytics/number-tree.ts';
import { chooseParameters } from '../../../core/generation/choose-parameters.ts';
import { remembered } from '../../../core/generation/memory.ts';
import { nobodyKnown } from '../../../core/generation/option.ts';
import { countGenerations } from '../../../core/generation/population.ts';
import { countsIn, estimateOf, userStrength } from '../../../core/generation/shrinkage.ts';
import { valueKey } from '../../../core/generation/space.ts';
import {
  type GenerationMemory,
  type GenerationSpace,
  noGenerations,
  type PopulationOutcomes,
} from '../../../core/generation/types.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';

const STYLES = ['natural', 'cinematic', 'bold', 'warm', 'retro'];
const SEGMENTS = ['makers', 'sellers', 'teachers'];
const space: GenerationSpace = {
  parameters: [{ name: 'style', title: 'Style', options: STYLES, default: 'natural' }],
};

const random = seededRandom(2026);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const within = (value: number): number => Math.min(1, Math.max(0, value));

/** What each style is worth to a user: something to all, something to the segment, and the rest is their own. */
type Maker = { segment: string; tastes: number[]; memory: GenerationMemory };

const ofAll = STYLES.map(() => 0.5 + 0.05 * normal());
const ofSegments = new Map(SEGMENTS.map((segment) => [segment, STYLES.map(() => 0.1 * normal())]));

const newMaker = (): Maker => {
  const segment = SEGMENTS[Math.floor(random() * SEGMENTS.length)]!;
  const ofSegment = ofSegments.get(segment)!;
  const tastes = ofAll.map((worth, v) => within(worth + ofSegment[v]! + 0.15 * normal()));
  return { segment, tastes, memory: noGenerations };
};

const rewardOf = ({ tastes }: Maker, style: number): number => within(tastes[style]! + 0.2 * normal());

let told = 0;
const tell = (maker: Maker, style: number): void => {
  told += 1;
  const generation = {
    id: `g${told}`,
    at: told,
    parameters: { style: STYLES[style]! },
    reward: rewardOf(maker, style),
  };
  maker.memory = remembered(maker.memory, generation, space);
};

const countOf = (makers: readonly Maker[]): PopulationOutcomes =>
  sumTrees(makers.map(({ memory, segment }) => countGenerations(memory, [segment])));

let makers: Maker[];
let population: PopulationOutcomes;
beforeAll(() => {
  makers = Array.from({ length: 400 }, newMaker);
  for (const maker of makers) {
    const outcomes = Math.floor(12 * random());
    for (let n = 0; n < outcomes; n += 1) tell(maker, Math.floor(STYLES.length * random()));
  }
  population = countOf(makers);
});

const own = ({ memory }: Maker, style: string) => memory.tallies.style?.[valueKey(style)] ?? [0, 0, 0];

const shrunk = (maker: Maker, style: string): number => {
  const evidence = {
    own: own(maker, style) as [number, number, number],
    stated: { n: 0, sum: 0 },
    segment: countsIn(population.segments[maker.segment], 'style', valueKey(style)),
    everybody: countsIn(population.everybody, 'style', valueKey(style)),
    isDefault: style === 'natural',
  };
  return estimateOf(evidence, userStrength(population.everybody, 'style')).user;
};

const ownOnly = (maker: Maker, style: string): number => {
  const [n, sum] = own(maker, style) as [number, number, number];
  return n === 0 ? 0.5 : sum / 1_000 / n;
};

const globalOnly = (_: Maker, style: string): number => {
  const { n, sum } = countsIn(population.everybody, 'style', valueKey(style));
  return sum / 1_000 / n;
};

/** Mean squared error against rewards that nobody has seen. */
const errorOf = (estimate: (maker: Maker, style: string) => number): number => {
  const errors = makers.flatMap((maker) =>
    STYLES.map((style, v) => (estimate(maker, style) - maker.tastes[v]!) ** 2),
  );
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
};

describe('a world of users with hidden tastes', () => {
  it('is measured: how many outcomes of a user weigh as much as others', () => {
    const strength = userStrength(population.everybody, 'style');
    // By construction .2^2 within a user, .15^2 and a part of .1^2 between them; cut off at 0 and 1.
    expect(strength).toBeGreaterThan(0.2 ** 2 / (0.15 ** 2 + 0.1 ** 2) / 1.6);
    expect(strength).toBeLessThan((0.2 ** 2 / 0.15 ** 2) * 1.6);
  });

  it('is foretold better by shrinkage than by own means and by the means of everybody', () => {
    const [shrinkage, alone, together] = [shrunk, ownOnly, globalOnly].map(errorOf) as [
      number,
      number,
      number,
    ];
    expect(shrinkage).toBeLessThan(0.8 * alone);
    expect(shrinkage).toBeLessThan(0.8 * together);
  });

  it('is served with less regret after every ten outcomes, and less than by what is best for all', () => {
    const regretOf = ({ tastes }: Maker, style: number): number => Math.max(...tastes) - tastes[style]!;
    const byGlobal = STYLES.map((_, v) => globalOnly(makers[0]!, STYLES[v]!));
    const bestForAll = byGlobal.indexOf(Math.max(...byGlobal));
    const newcomers = Array.from({ length: 200 }, newMaker);
    const regret: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      let sum = 0;
      for (const maker of newcomers) {
        const known = { ...nobodyKnown, tallies: maker.memory.tallies, segment: maker.segment };
        const [chosen] = chooseParameters(space, { known, population, place: {} });
        const style = STYLES.indexOf(chosen!.value as string);
        sum += regretOf(maker, style);
        tell(maker, style);
      }
      regret.push(sum / newcomers.length);
    }
    const tens = [0, 1, 2, 3].map(
      (ten) => regret.slice(10 * ten, 10 * ten + 10).reduce((a, b) => a + b) / 10,
    );
    const ofAllTheSame =
      newcomers.reduce((sum, maker) => sum + regretOf(maker, bestForAll), 0) / newcomers.length;
    expect(tens[1]!).toBeLessThan(tens[0]!);
    expect(tens[2]!).toBeLessThan(tens[1]!);
    expect(tens[3]!).toBeLessThan(1.02 * tens[2]!);
    expect(regret[0]!).toBeLessThan(ofAllTheSame);
    expect(tens[3]!).toBeLessThan(0.5 * regret[0]!);
  });
});
