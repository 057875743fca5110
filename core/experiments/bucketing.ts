import { textHash } from '../numbers/text-hash.ts';

/** A part of the unit interval: from the first number on, up to the second, which is outside. */
export type BucketRange = readonly [from: number, to: number];

/** Weights whose sum is outside of this do not count: every variation gets the same. */
const [LEAST_SUM, GREATEST_SUM] = [0.99, 1.01];

const V1_BUCKETS = 1_000;
const V2_BUCKETS = 10_000;

/**
 * Where a value falls in [0, 1), by GrowthBook's public algorithm (https://docs.growthbook.io/lib/build-your-own, "Hashing"):
 * FNV-1a of 32 bits over UTF-16 code units. Version 1: `fnv32a(value + seed) % 1000 / 1000`; version 2, without the correlation between
 * experiments that version 1 has: `fnv32a(fnv32a(seed + value) + "") % 10000 / 10000`. Null for a version that does not exist.
 */
export const hash = (seed: string, value: string, version: number): number | null => {
  if (version === 2) return (textHash(String(textHash(seed + value))) % V2_BUCKETS) / V2_BUCKETS;
  if (version === 1) return (textHash(value + seed) % V1_BUCKETS) / V1_BUCKETS;
  return null;
};

/** `n` weights of 1/n; none for less than one. */
export const equalWeights = (n: number): number[] =>
  n < 1 ? [] : Array.from({ length: Math.floor(n) }, () => 1 / n);

const usable = (weights: readonly number[], count: number): boolean => {
  if (weights.length !== count) return false;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum >= LEAST_SUM && sum <= GREATEST_SUM;
};

const clamped = (coverage: number): number => Math.min(1, Math.max(0, coverage));

/**
 * The range of each variation: it starts where the weights before it end, and covers `coverage` of its own weight. Growing
 * coverage therefore moves nobody from one variation to another (GrowthBook, "Bucket ranges"). Coverage is clamped to
 * [0, 1]; weights of another number than `count`, or that do not add up to 1 within .01, become equal ones.
 */
export const bucketRanges = (
  count: number,
  coverage?: number | null,
  weights?: readonly number[] | null,
): BucketRange[] => {
  const shares = weights && usable(weights, count) ? weights : equalWeights(count);
  const covered = clamped(coverage ?? 1);
  let start = 0;
  return shares.map((share) => {
    const range: BucketRange = [start, start + covered * share];
    start += share;
    return range;
  });
};

/** The variation whose range holds `n`; -1 where none does. */
export const chooseVariation = (n: number, ranges: readonly BucketRange[]): number =>
  ranges.findIndex(([from, to]) => n >= from && n < to);

/** True where a value belongs to a part of a namespace: experiments with disjoint parts of one namespace share no value. */
export const inNamespace = (
  value: string,
  [id, start, end]: readonly [id: string, start: number, end: number],
): boolean => {
  const n = hash(`__${id}`, value, 1);
  return n !== null && n >= start && n < end;
};
