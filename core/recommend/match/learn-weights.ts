import { fitWeights } from '../../learn/users/logistic/fit-weights.ts';
import { FACTORS, type Factor, type MatchWeights } from './types.ts';

/** An item that was shown to somebody with answers: how it fitted, and whether it was chosen. */
export type MatchExample = {
  /** Values 0-1 of the factors that could be judged. */
  readonly factors: Partial<Readonly<Record<Factor, number>>>;
  readonly chosen: boolean;
};

/** Choices at which what was learned counts as much as the weights before. */
const HALF_CHOICES = 200;
const PENALTY = 1;
/** Weight of all genres together for that of one. */
const GENRES = 3;
const DIGITS = 4;

/** A factor that could not be judged says neither yes nor no: it takes the mean of those that could. */
const designOf = (examples: readonly MatchExample[], factors: readonly Factor[]): Float64Array => {
  const means = factors.map((factor) => {
    const known = examples.flatMap(({ factors: values }) => values[factor] ?? []);
    return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  return Float64Array.from(
    examples.flatMap(({ factors: values }) => factors.map((factor, at) => values[factor] ?? means[at] ?? 0)),
  );
};

const isKnown = (examples: readonly MatchExample[], factor: Factor): boolean =>
  new Set(examples.flatMap(({ factors }) => factors[factor] ?? [])).size > 1;

/** Factors that would get a weight below zero are left out one by one, the worst first, until none is left. */
const fitPositive = (
  examples: readonly MatchExample[],
  factors: readonly Factor[],
): Partial<Record<Factor, number>> => {
  if (factors.length === 0) return {};
  const design = { values: designOf(examples, factors), rows: examples.length, terms: factors.length };
  const labels = Uint8Array.from(examples, ({ chosen }) => Number(chosen));
  const { weights } = fitWeights(design, labels, PENALTY);
  const worst = weights.indexOf(Math.min(...weights));
  if ((weights[worst] ?? 0) >= 0) {
    return Object.fromEntries(factors.map((factor, at) => [factor, weights[at] ?? 0]));
  }
  return fitPositive(
    examples,
    factors.filter((_, at) => at !== worst),
  );
};

const sharesOf = ({ genre, ...weights }: MatchWeights): Record<Factor, number> => ({
  ...weights,
  genres: GENRES * genre,
});

const totalOf = (shares: Partial<Record<Factor, number>>): number =>
  FACTORS.reduce((sum, factor) => sum + (shares[factor] ?? 0), 0);

const rounded = (value: number): number => Number(value.toFixed(DIGITS));

/**
 * Weights learned from what was chosen: a logistic regression of the choice on the factors' values, with weights of at least zero (those that
 * would be below are left out), scaled to the sum of the weights before, and mixed with these: `choices / (choices + 200)` is
 * learned, where `choices` is the smaller of the chosen and the passed over. Factors that never differ keep their weight.
 */
export const learnWeights = (examples: readonly MatchExample[], before: MatchWeights): MatchWeights => {
  const chosen = examples.filter((example) => example.chosen).length;
  const choices = Math.min(chosen, examples.length - chosen);
  const known = FACTORS.filter((factor) => isKnown(examples, factor));
  if (choices === 0 || known.length === 0) return before;
  const fitted = fitPositive(examples, known);
  const total = totalOf(fitted);
  if (total <= 0) return before;
  const old = sharesOf(before);
  const room = known.reduce((sum, factor) => sum + old[factor], 0);
  const learned = choices / (choices + HALF_CHOICES);
  const mixed = (factor: Factor): number =>
    known.includes(factor)
      ? learned * room * ((fitted[factor] ?? 0) / total) + (1 - learned) * old[factor]
      : old[factor];
  return {
    format: rounded(mixed('format')),
    genre: rounded(mixed('genres') / GENRES),
    budget: rounded(mixed('budget')),
    timeline: rounded(mixed('timeline')),
    materials: rounded(mixed('materials')),
    involvement: rounded(mixed('involvement')),
  };
};
