import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  type BucketRange,
  bucketRanges,
  chooseVariation,
  equalWeights,
  hash,
  inNamespace,
} from '../../../core/experiments/bucketing.ts';

type Sdk = {
  hash: typeof hash;
  getBucketRanges: typeof bucketRanges;
  chooseVariation: typeof chooseVariation;
  getEqualWeights: typeof equalWeights;
  inNamespace: typeof inNamespace;
};

/** Not among its exports, so it is named by its file. */
const SDK = '../../../node_modules/@growthbook/growthbook/dist/esm/util.mjs';
const sdk = (await import(SDK)) as Sdk;

const vectors = JSON.parse(readFileSync(new URL('../../vectors/bucketing.json', import.meta.url), 'utf8'));
const FIXED = { seed: 20_261_121, numRuns: 10_000 };

/** Any UTF-16, lone surrogates too. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
);

const rounded = (ranges: readonly BucketRange[]) =>
  ranges.map((range) => range.map((n) => Number(n.toFixed(9))));

describe('the frozen vectors', () => {
  it.each(vectors.hash as [string, string, number, number | null][])(
    'hash(%j, %j, %d) is %d',
    (seed, value, version, expected) => {
      expect(hash(seed, value, version)).toBe(expected);
    },
  );

  it.each(
    vectors.bucketRanges as { name: string; args: [number, number, number[]]; ranges: BucketRange[] }[],
  )('ranges: $name', ({ args, ranges }) => {
    expect(rounded(bucketRanges(...args))).toEqual(ranges);
  });

  it.each(vectors.chooseVariation as { name: string; args: [number, BucketRange[]]; index: number }[])(
    'choice: $name',
    ({ args, index }) => {
      expect(chooseVariation(...args)).toBe(index);
    },
  );

  it.each(vectors.inNamespace as [string, [string, number, number], boolean][])(
    'namespace: %j in %j is %j',
    (value, namespace, expected) => {
      expect(inNamespace(value, namespace)).toBe(expected);
    },
  );

  it.each(vectors.equalWeights as [number, number[]][])('equal weights of %d', (n, expected) => {
    expect(equalWeights(n)).toEqual(expected);
  });
});

describe("GrowthBook's SDK", () => {
  // It complains of weights and coverage that it corrects.
  beforeAll(() => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });

  it('hashes 10,000 texts to the same bucket, in both versions', () => {
    const same = fc.property(anyText, anyText, fc.constantFrom(1, 2), (seed, value, version) => {
      expect(hash(seed, value, version)).toBe(sdk.hash(seed, value, version));
    });
    fc.assert(same, FIXED);
  });

  it('knows the same namespaces and ranges, and chooses the same variation', () => {
    const share = fc.double({ min: -0.2, max: 1.2, noNaN: true });
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
    const same = fc.property(anyText, weights, share, share, fc.boolean(), (value, raw, a, b, scaled) => {
      const sum = raw.reduce((total, weight) => total + weight, 0);
      const given = scaled && sum > 0 ? raw.map((weight) => weight / sum) : raw;
      const ranges = bucketRanges(given.length, a, given);
      expect(rounded(ranges)).toEqual(rounded(sdk.getBucketRanges(given.length, a, given)));
      expect(chooseVariation(b, ranges)).toBe(sdk.chooseVariation(b, ranges));
      expect(inNamespace(value, ['n', a, b])).toBe(sdk.inNamespace(value, ['n', a, b]));
    });
    fc.assert(same, { ...FIXED, numRuns: 2_000 });
  });
});

describe('coverage', () => {
  it('moves nobody when it grows', () => {
    const weights = [0.2, 0.3, 0.5];
    const bucket = fc.integer({ min: 0, max: 9_999 }).map((n) => n / 10_000);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const stays = fc.property(bucket, share, share, (n, a, b) => {
      const [small, large] = [Math.min(a, b), Math.max(a, b)];
      const before = chooseVariation(n, bucketRanges(3, small, weights));
      if (before >= 0) expect(chooseVariation(n, bucketRanges(3, large, weights))).toBe(before);
    });
    fc.assert(stays, FIXED);
  });

  it('gives arms their weights, to within four standard errors', () => {
    const users = 20_000;
    const weights = [0.1, 0.3, 0.6];
    const ranges = bucketRanges(3, 0.5, weights);
    const counts = [0, 0, 0];
    for (let i = 0; i < users; i += 1) {
      const arm = chooseVariation(hash('shares', `user-${i}`, 2) ?? 1, ranges);
      if (arm >= 0) counts[arm] = (counts[arm] ?? 0) + 1;
    }
    for (const [arm, weight] of weights.entries()) {
      const expected = users * 0.5 * weight;
      expect(Math.abs((counts[arm] ?? 0) - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it('draws two experiments independently of each other', () => {
    const [users, halves] = [20_000, bucketRanges(2, 1, [0.5, 0.5])];
    let both = 0;
    for (let i = 0; i < users; i += 1) {
      const arms = ['first', 'second'].map((seed) =>
        chooseVariation(hash(seed, `user-${i}`, 2) ?? 1, halves),
      );
      if (arms[0] === 1 && arms[1] === 1) both += 1;
    }
    expect(Math.abs(both - users / 4)).toBeLessThan(4 * Math.sqrt((users * 3) / 16));
  });
});

describe('two instances', () => {
  it('give 100,000 ids the same buckets and arms, which are those of the vectors', async () => {
    const script = fileURLToPath(new URL('../../support/assign-many.ts', import.meta.url));
    const run = () => promisify(execFile)(process.execPath, ['--no-warnings', script], { env: {} });
    const [first, second] = await Promise.all([run(), run()]);
    expect([first.stdout, second.stdout]).toEqual([vectors.digest.sha256, vectors.digest.sha256]);
    expect((await run()).stdout).toBe(vectors.digest.sha256);
  });
});
