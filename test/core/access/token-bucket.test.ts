import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Bucket, type Rate, rateOf, takeToken } from '../../../core/access/token-bucket.ts';

const SEED = 20261121;

/** Asks at these moments; answers when it was allowed to. */
const allowedAt = (moments: readonly number[], rate: Rate): number[] => {
  let bucket: Bucket | undefined;
  return moments.filter((now) => {
    const taken = takeToken(bucket, now, rate);
    bucket = taken.bucket;
    return taken.allowed;
  });
};

const rates = fc.record({
  perSecond: fc.double({ min: 0.1, max: 500, noNaN: true }),
  burst: fc.integer({ min: 1, max: 1_000 }),
});
const moments = fc
  .array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 400 })
  .map((some) => some.toSorted((a, b) => a - b));

describe('a token bucket', () => {
  it('lets a burst through at once and then one request each time a token has come in', () => {
    const rate = { perSecond: 2, burst: 3 };
    expect(allowedAt([0, 0, 0, 0, 499, 500, 999, 1_000, 60_000], rate)).toEqual([
      0, 0, 0, 500, 1_000, 60_000,
    ]);
  });

  it('never lets more through, in any stretch of time, than a burst and what came in meanwhile', () => {
    const property = fc.property(rates, moments, (rate, asked) => {
      const allowed = allowedAt(asked, rate);
      for (const [from, start] of allowed.entries())
        for (const [to, end] of allowed.entries()) {
          if (to < from) continue;
          const most = rate.burst + ((end - start) / 1_000) * rate.perSecond;
          expect(to - from + 1).toBeLessThanOrEqual(most + 1e-6);
        }
    });
    fc.assert(property, { seed: SEED, numRuns: 60 });
  });

  it('keeps its word: who waits as long as it said is allowed, who asks again and again waits no longer', () => {
    const property = fc.property(rates, fc.integer({ min: 1, max: 50 }), (rate, impatience) => {
      let bucket: Bucket | undefined;
      const ask = (now: number) => {
        const taken = takeToken(bucket, now, rate);
        bucket = taken.bucket;
        return taken;
      };
      for (let n = 0; n < rate.burst; n += 1) expect(ask(0).allowed).toBe(true);
      const { allowed, retryAfterSeconds } = ask(0);
      expect(allowed).toBe(false);
      expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
      expect(Number.isInteger(retryAfterSeconds)).toBe(true);
      for (let n = 0; n < impatience; n += 1) ask(0);
      expect(ask(retryAfterSeconds * 1_000).allowed).toBe(true);
    });
    fc.assert(property, { seed: SEED, numRuns: 100 });
  });

  it('gives and takes nothing when the clock is set back', () => {
    const rate = { perSecond: 1, burst: 2 };
    const { bucket } = takeToken(undefined, 10_000, rate);
    expect(takeToken(bucket, 5_000, rate)).toMatchObject({ allowed: true, bucket: { tokens: 0 } });
  });

  it('is ten times as large for services and admins', () => {
    const base = { perSecond: 200, burst: 400 };
    expect(rateOf('user', base)).toEqual(base);
    for (const kind of ['service', 'admin'] as const)
      expect(rateOf(kind, base)).toEqual({ perSecond: 2_000, burst: 4_000 });
  });
});
