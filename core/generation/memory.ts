import { creditOf } from './credit.ts';
import { cellsOf, valueKey, within } from './space.ts';
import type {
  GenerationMemory,
  GenerationSpace,
  OutcomeTallies,
  OutcomeTally,
  RememberedGeneration,
} from './types.ts';

/** How many generations are remembered one by one. */
export const MOST_GENERATIONS = 50;

const THOUSANDTHS = 1_000;

const moved = ([n, sum, squares]: OutcomeTally, reward: number, by: 1 | -1): OutcomeTally => [
  n + by,
  sum + by * Math.round(reward * THOUSANDTHS),
  squares + by * Math.round(reward * reward * THOUSANDTHS),
];

const EMPTY: OutcomeTally = [0, 0, 0];

/** The tallies with the reward of a generation counted (1) or taken back (-1); without a reward, as they were. */
const tallied = (
  tallies: OutcomeTallies,
  generation: RememberedGeneration,
  space: GenerationSpace,
  by: 1 | -1,
): OutcomeTallies => {
  const { parameters, reward } = generation;
  if (reward === undefined) return tallies;
  const next: Record<string, Record<string, OutcomeTally>> = { ...tallies };
  const inside = Object.entries(within(space, parameters).inside);
  const credit = creditOf(reward, inside.length);
  for (const [name, value] of inside) {
    const definition = space.parameters.find((one) => one.name === name)!;
    const key = valueKey(value);
    for (const cell of new Set(Object.values(cellsOf(definition, generation)))) {
      const { [key]: before = EMPTY, ...others } = next[cell] ?? {};
      const after = moved(before, credit, by);
      next[cell] = after[0] > 0 ? { ...others, [key]: after } : others;
    }
  }
  return next;
};

/** The memory with this generation as its newest; one of the same id, and what it counted for, is replaced. */
export const remembered = (
  memory: GenerationMemory,
  generation: RememberedGeneration,
  space: GenerationSpace,
): GenerationMemory => {
  const before = memory.generations.find(({ id }) => id === generation.id);
  const without = before ? tallied(memory.tallies, before, space, -1) : memory.tallies;
  const others = memory.generations.filter(({ id }) => id !== generation.id);
  return {
    ...memory,
    tallies: tallied(without, generation, space, 1),
    generations: [generation, ...others].sort((a, b) => b.at - a.at).slice(0, MOST_GENERATIONS),
  };
};
