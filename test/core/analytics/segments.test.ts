import { describe, expect, it } from '@jest/globals';
import { judgeSegment, segmentFigures } from '../../../core/analytics/report/judge-segment.ts';
import { listSegments } from '../../../core/analytics/report/list-segments.ts';
import type { StoredUser } from '../../../core/journal/ports.ts';
import type { UserModels } from '../../../core/learn/users/types.ts';
import { BEHAVIOUR_FEATURES } from '../../../core/profile/view/behaviour-vector.ts';
import { SEGMENT_NAMES } from '../../../core/segments/segment-thresholds.ts';
import { DAY } from '../../support/clock.ts';
import { NIGHT, nightWorld, storedUser } from '../../support/night-world.ts';
import { runAggregate } from './world.ts';

/** So many users of whom every `nth` converts, each with twelve clicks on one kind of device. */
const crowd = (name: string, { users, nth, device }: { users: number; nth: number; device: string }) =>
  Array.from({ length: users }, (_, at) =>
    storedUser(
      `${name}-${at}`,
      Array.from({ length: 12 }, (_, n) => ({
        type: n === 0 && at % nth === 0 ? 'purchase' : 'click',
        device,
        occurredAt: NIGHT - (n + 1) * 1000,
      })),
    ),
  );

const listed = async (users: readonly StoredUser[], models?: UserModels) => {
  const world = nightWorld({ users });
  world.inService.users = models;
  await runAggregate(world, { runId: 'run-1', shards: 3 });
  return listSegments(world.ports.analytics, NIGHT);
};

const rowOf = ({ segments }: Awaited<ReturnType<typeof listed>>, wanted: string) =>
  segments.find(({ name }) => name === wanted);

describe('segments', () => {
  it('show users, share, engagement and conversion, and mark who does worse than all', async () => {
    const answer = await listed([
      ...crowd('m', { users: 60, nth: 30, device: 'mobile' }),
      ...crowd('d', { users: 40, nth: 2, device: 'desktop' }),
    ]);
    expect(answer.everyone).toMatchObject({ users: 100, conversion: 0.22 });
    expect(rowOf(answer, 'mobile_first')).toMatchObject({
      kind: 'named',
      users: 60,
      share: 0.6,
      conversion: 0.0333,
      conversionInterval: [0.0092, 0.1136],
      underperformer: true,
      reason: expect.stringContaining('3.3 % of its users converted (at most 11.4 %'),
    });
    expect(rowOf(answer, 'desktop_focused')).toMatchObject({
      users: 40,
      conversion: 0.5,
      underperformer: false,
    });
  });

  it('hold a user in every segment that is sure, and nobody who was away for 30 days', async () => {
    const away = storedUser('away', [{ device: 'mobile', occurredAt: NIGHT - 40 * DAY }]);
    const answer = await listed([...crowd('m', { users: 3, nth: 1, device: 'mobile' }), away]);
    expect(rowOf(answer, 'mobile_first')?.users).toBe(3);
    expect(rowOf(answer, 'new_user')?.users).toBe(3);
    expect(answer.everyone.users).toBe(3);
  });

  it('are all there without a user, with nothing claimed about them', async () => {
    const answer = await listed([]);
    expect(answer.segments.map(({ name }) => name)).toEqual([...SEGMENT_NAMES]);
    for (const row of answer.segments)
      expect(row).toMatchObject({
        users: 0,
        share: 0,
        engagement: null,
        conversion: null,
        underperformer: false,
      });
  });

  it('come with the learned ones, where clusters were learned', async () => {
    const zeros = BEHAVIOUR_FEATURES.map(() => 0);
    const near = BEHAVIOUR_FEATURES.map((feature) => (feature === 'mobileShare' ? 1 : 0));
    const answer = await listed(
      [
        ...crowd('m', { users: 5, nth: 1, device: 'mobile' }),
        ...crowd('d', { users: 2, nth: 1, device: 'desktop' }),
      ],
      {
        version: 1,
        trainedAt: NIGHT,
        segments: {
          features: [...BEHAVIOUR_FEATURES],
          standardization: { means: zeros, scales: BEHAVIOUR_FEATURES.map(() => 1) },
          centroids: [near, zeros],
          names: ['on the phone', 'the others'],
          sizes: [1, 1],
        },
      },
    );
    const learned = answer.segments.filter(({ kind }) => kind === 'learned');
    expect(learned.map(({ name, users }) => [name, users])).toEqual([
      ['on the phone', 5],
      ['the others', 2],
    ]);
  });
});

describe('the judgement of a segment', () => {
  const everyone = {
    users: 1_000,
    converted: 200,
    engaged: 1_000,
    engagement: 500_000,
    engagementSquared: 260e6,
  };
  const segment = (users: number, converted: number, mean: number, spread: number) => ({
    users,
    converted,
    engaged: users,
    engagement: users * mean,
    engagementSquared: users * (mean ** 2 + spread ** 2),
  });

  it('needs twenty users', () => {
    expect(judgeSegment(segment(19, 0, 100, 1), everyone)).toMatchObject({ underperformer: false });
    expect(judgeSegment(segment(20, 0, 100, 1), everyone)).toMatchObject({ underperformer: true });
  });

  it('needs the whole interval below', () => {
    expect(judgeSegment(segment(50, 7, 500, 100), everyone).underperformer).toBe(false);
    expect(judgeSegment(segment(500, 70, 500, 100), everyone).underperformer).toBe(true);
  });

  it('also looks at engagement, by its mean and spread', () => {
    const [low, spread] = [segment(100, 20, 400, 100), segment(100, 20, 400, 900)];
    expect(judgeSegment(low, everyone)).toEqual({
      underperformer: true,
      reason: 'Its mean engagement is 0.4 (at most 0.42, with 95 % confidence) against 0.5 of all',
    });
    expect(judgeSegment(spread, everyone).underperformer).toBe(false);
    const [, high] = segmentFigures(low).engagementInterval ?? [];
    expect(high).toBeCloseTo(0.4 + (1.96 * 0.1) / Math.sqrt(99), 3);
  });
});
