import { describe, expect, it } from '@jest/globals';
import { decidePromotion, LEAST_COMPARED } from '../../../core/models/decide-promotion.ts';
import { pairedDifference } from '../../../core/models/paired-difference.ts';
import { nextVersion, slotOf } from '../../../core/models/versions.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';

const USERS = 400;
/** NDCG of users of whom this share is served well, from a seed. */
const quality = (share: number, seed: number): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: USERS }, () => (random() < share ? 1 : 0));
};
const bad = quality(0.02, 1);
const fair = quality(0.3, 2);
const good = quality(0.5, 3);
const trainedOn = { interactions: 1_000 };
const against = (candidate: Float64Array, inService: Float64Array) => ({
  candidate,
  popularity: bad,
  inService: { version: 4, ndcg: inService, own: candidate },
  inServiceNote: '',
});

describe('pairedDifference', () => {
  it('gives the mean, and bounds that hold it', () => {
    const { mean, low, high, chanceWorse } = pairedDifference([1, 0, 1, 1], [0, 0, 1, 0]);
    expect(mean).toBe(0.5);
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(0.5);
    expect(chanceWorse).toBeLessThan(0.1);
  });

  it('is undecided between equals, and the same every time', () => {
    expect(pairedDifference(fair, fair)).toEqual({ mean: 0, low: 0, high: 0, chanceWorse: 0.5 });
    expect(pairedDifference([], [])).toEqual({ mean: 0, low: 0, high: 0, chanceWorse: 0.5 });
    expect(pairedDifference(good, fair)).toEqual(pairedDifference(good, fair));
    expect(pairedDifference(good, fair).chanceWorse + pairedDifference(fair, good).chanceWorse).toBeCloseTo(
      1,
      10,
    );
  });
});

describe('a newly trained model', () => {
  it('is promoted where it is better than what is in service, with the figures as the reason', () => {
    const { promote, reason } = decidePromotion(against(good, fair), trainedOn);
    expect(promote).toBe(true);
    expect(reason).toMatch(
      /^not worse than the model in service: NDCG@10 0\.\d{4} against 0\.\d{4} of version 4/,
    );
    expect(reason).toContain('400 held-out users');
  });

  it('is promoted where the difference is noise', () => {
    const alike = quality(0.5, 3);
    alike[alike.indexOf(1)] = 0;
    expect(decidePromotion(against(alike, good), trainedOn).promote).toBe(true);
  });

  it('is refused where it is worse than the model in service, or than popularity', () => {
    expect(decidePromotion(against(fair, good), trainedOn)).toMatchObject({
      promote: false,
      reason: expect.stringMatching(/^worse than the model in service/),
    });
    const worst = { ...against(bad, bad), popularity: good };
    expect(decidePromotion(worst, trainedOn)).toMatchObject({
      promote: false,
      reason: expect.stringMatching(/^worse than popularity/),
    });
  });

  it('says so where there is too little to compare', () => {
    const few = { candidate: good.slice(0, LEAST_COMPARED - 1), popularity: bad, inServiceNote: '' };
    for (const comparison of [undefined, few]) {
      expect(decidePromotion(comparison, trainedOn)).toMatchObject({
        promote: true,
        reason: expect.stringContaining('too little data to compare'),
      });
    }
  });

  it('is refused where most of the data is gone and nothing proves it against the model in service', () => {
    const lost = { interactions: 400, inServiceInteractions: 1_000 };
    const unproven = { candidate: good, popularity: bad, inServiceNote: 'not compared' };
    expect(decidePromotion(undefined, lost)).toMatchObject({ promote: false });
    expect(decidePromotion(unproven, lost)).toMatchObject({
      promote: false,
      reason: expect.stringContaining('400 interactions'),
    });
    expect(decidePromotion(against(good, fair), lost).promote).toBe(true);
    expect(decidePromotion(undefined, { ...lost, interactions: 500 }).promote).toBe(true);
  });
});

describe('versions', () => {
  it('rise by one', () => {
    expect(nextVersion([], undefined)).toBe(1);
    expect(nextVersion([5, 4, 3], 5)).toBe(6);
  });

  it('never take the slot of the one in service, whichever was put back', () => {
    for (const inService of [3, 4, 5]) {
      const next = nextVersion([3, 4, 5], inService);
      expect(next).toBeGreaterThan(5);
      expect(slotOf(next)).not.toBe(slotOf(inService));
    }
  });
});
