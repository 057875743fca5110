import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { meterTotals, resetMeter } from '../../../lambdas/runtime/meter.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem } from '../../support/expect-problem.ts';
import { asService, asUser, type TestRequest } from '../../support/http-event.ts';

type View = {
  id: string;
  status: string;
  progress: { current: number; target: number };
  unlockedAt?: string;
  claimedAt?: string;
};

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ATTUNE_DOMAIN: 'learning' });
});
afterAll(() => engine.close());

const ask = (operationId: string, userId: string, request: TestRequest & { id?: string } = {}) => {
  const params = { userId, achievementId: request.id ?? 'first-lesson' };
  return engine.call(operationId, { params, claims: asUser(userId), ...request });
};

const achievementsOf = async (userId: string): Promise<Record<string, View>> => {
  const { body } = await ask('getAchievements', userId);
  return Object.fromEntries(body.achievements.map((one: View) => [one.id, one]));
};

const streakOf = async (userId: string) => (await ask('getAchievements', userId)).body.streak;

const unlockedOf = async (userId: string): Promise<string[]> =>
  Object.values(await achievementsOf(userId))
    .filter(({ status }) => status !== 'locked')
    .map(({ id }) => id);

const track = (userId: string, body: Record<string, unknown>) =>
  engine.good('trackInteraction', { body, claims: asUser(userId) });

const updatesOf = (userId: string, request: TestRequest = {}) => ask('getRealtimeUpdates', userId, request);

const told = (userId: string) =>
  engine
    .events()
    .map(({ 'detail-type': type, detail }) => ({
      type,
      ...(detail as { id: string; userId: string; achievementId: string }),
    }))
    .filter((event) => event.userId === userId);

const lesson = (n: number) => ({ type: 'complete', contentId: `lesson-${n}`, contentType: 'lesson' });

describe('a learner', () => {
  it('who finished a lesson has an achievement, is told of it, and so is the bus', async () => {
    expect(await unlockedOf('ada')).toEqual([]);
    const since = engine.clock.iso();
    await track('ada', lesson(1));
    const { 'first-lesson': first, 'ten-parts': ten } = await achievementsOf('ada');
    expect(first).toMatchObject({
      status: 'unlocked',
      progress: { current: 1, target: 1 },
      unlockedAt: expect.any(String),
      kind: 'completion',
    });
    expect(ten).toMatchObject({
      status: 'locked',
      progress: { current: 1, target: 10 },
      reason: '1 of 10 completed parts',
    });
    expect(told('ada')).toMatchObject([
      { type: 'AchievementUnlocked', achievementId: 'first-lesson', domain: 'learning' },
    ]);
    const { body } = await updatesOf('ada', { query: { since } });
    expect(body).toMatchObject({ achievements: ['first-lesson'], recommendations: false, insights: false });
  });

  it('gets the same from the bulk API, once, in however many deliveries', async () => {
    const interactions = Array.from({ length: 10 }, (_, n) => ({ ...lesson(n), interactionId: `bulk-${n}` }));
    for (const _ of [1, 2]) {
      await engine.good('trackInteractions', { body: { interactions }, claims: asUser('bob') });
      expect(await engine.drainQueue()).toBe(0);
    }
    expect(await unlockedOf('bob')).toEqual(['first-lesson', 'ten-parts']);
    expect(
      told('bob')
        .map(({ achievementId }) => achievementId)
        .sort(),
    ).toEqual(['first-lesson', 'ten-parts']);
    expect((await updatesOf('bob')).body.achievements.toSorted()).toEqual(['first-lesson', 'ten-parts']);
  });

  it('keeps a streak by the days of their zone, with a freeze after a week, and loses it after two days', async () => {
    await engine.good('upsertProfile', { body: { timezone: 'Asia/Tokyo' }, claims: asUser('cat') });
    engine.clock.advance(10 * MINUTE);
    for (let day = 0; day < 7; day += 1) {
      await track('cat', { type: 'watch', contentId: `video-${day}` });
      engine.clock.advance(DAY);
    }
    expect(await unlockedOf('cat')).toEqual(['streak-week']);
    const streak = await streakOf('cat');
    expect(streak).toMatchObject({ length: 7, longest: 7, freezes: 1, today: false, timezone: 'Asia/Tokyo' });
    expect(streak.expiresAt.slice(10)).toBe('T15:00:00.000Z');
    engine.clock.advance(DAY);
    expect(await streakOf('cat')).toMatchObject({
      length: 7,
      freezes: 0,
      frozen: 1,
      expiresAt: streak.expiresAt,
    });
    await track('cat', { type: 'watch', contentId: 'video-8' });
    expect(await streakOf('cat')).toMatchObject({ length: 8, frozen: 1, today: true });
    engine.clock.advance(3 * DAY);
    expect(await streakOf('cat')).toMatchObject({ length: 0, longest: 8, expiresAt: null });
    expect((await achievementsOf('cat'))['streak-week']).toMatchObject({
      status: 'unlocked',
      progress: { current: 7 },
    });
  });

  it('is told the same streak wherever one is told, also where the behaviour remembers fewer days', async () => {
    await engine.good('upsertProfile', { body: { timezone: 'America/New_York' }, claims: asUser('liv') });
    for (let day = 0; day < 15; day += 1) {
      engine.clock.advance(DAY);
      for (let n = 0; n < 4; n += 1) await track('liv', lesson(10 * day + n));
    }
    engine.clock.advance(DAY);
    expect(await streakOf('liv')).toMatchObject({ length: 15, today: false });
    const { body } = await ask('getInsights', 'liv', { params: { userId: 'liv' } });
    const fact = body.facts.find(({ id }: { id: string }) => id === 'streak1');
    expect(fact.says ?? fact.text).toBe('Active 15 days in a row, nothing done today yet');
    const { body: page } = await ask('getDashboard', 'liv', { params: { userId: 'liv' } });
    const texts = JSON.stringify([page.priorityActions, page.nextBestActions]);
    expect(texts).toContain('15 days');
    expect(texts).not.toMatch(/\b(?!15\b)\d+ days in a row|streak of (?!15\b)\d+ days/);
  });

  it('can earn every achievement of the product by what is tracked', async () => {
    const many = (count: number, given: Record<string, unknown>) =>
      Array.from({ length: count }, (_, n) => ({
        ...given,
        contentId: `${given.type}-${given.contentType}-${n}`,
      }));
    const done = [
      ...many(50, { type: 'complete', contentType: 'lesson' }),
      ...many(1, { type: 'complete', contentType: 'course' }),
      ...many(1, { type: 'complete', contentType: 'path' }),
      ...many(10, { type: 'quiz', contentType: 'quiz', value: 95, context: { topic: 'types' } }),
      ...many(5, { type: 'submit', contentType: 'exercise' }),
      ...many(25, { type: 'answer', contentType: 'question' }),
      ...many(880, { type: 'view', contentType: 'page' }),
      ...Array.from({ length: 25 }, (_, n) => ({ type: 'view', sessionId: `session-${n}` })),
      ...Array.from({ length: 100 }, (_, n) => ({ type: 'read', occurredAt: engine.clock.iso(-n * DAY) })),
    ];
    for (let from = 0; from < done.length; from += 500) {
      const interactions = done.slice(from, from + 500);
      await engine.good('trackInteractions', { body: { interactions }, claims: asUser('dan') });
    }
    expect(await engine.drainQueue()).toBe(0);
    const locked = Object.values(await achievementsOf('dan')).filter(({ status }) => status === 'locked');
    expect(locked).toEqual([]);
    const { body } = await updatesOf('dan');
    expect(body.achievements).toHaveLength(15);
  });

  it('who is reset begins again', async () => {
    await engine.good('upsertProfile', { body: { interests: ['x'] }, claims: asUser('eve') });
    await track('eve', lesson(1));
    await engine.good('resetProfile', { params: { userId: 'eve' }, claims: asUser('eve') });
    expect([await unlockedOf('eve'), (await streakOf('eve')).longest]).toEqual([[], 0]);
  });

  it('has the same after their behaviour was computed anew', async () => {
    await engine.good('upsertProfile', { body: { interests: ['x'] }, claims: asUser('bob') });
    const before = await achievementsOf('bob');
    await engine.good('recomputeProfile', { params: { userId: 'bob' }, claims: asUser('bob') });
    expect(await achievementsOf('bob')).toEqual(before);
  });
});

describe('a claim', () => {
  it('succeeds once of ten at the same time', async () => {
    await track('fay', lesson(1));
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('claimAchievement', 'fay')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...new Array(9).fill(409)]);
    const { body } = answers.find(({ status }) => status === 200)!;
    expect(body).toMatchObject({ success: true, achievement: { id: 'first-lesson', status: 'claimed' } });
    expect((await achievementsOf('fay'))['first-lesson']).toEqual(body.achievement);
    expectProblem(await ask('claimAchievement', 'fay'), 'conflict');
  });

  it('does not come before the unlocking, also where the clock ran backwards', async () => {
    await track('ned', lesson(1));
    engine.clock.advance(-DAY);
    const { body } = await ask('claimAchievement', 'ned');
    engine.clock.advance(DAY);
    expect(body.achievement.claimedAt).toBe(body.achievement.unlockedAt);
    expect((await achievementsOf('ned'))['first-lesson']).toEqual(body.achievement);
  });

  it("of a locked, an unknown or another user's achievement is refused, and changes nothing", async () => {
    await track('gus', lesson(1));
    const before = await engine.scan();
    expectProblem(await ask('claimAchievement', 'gus', { id: 'ten-parts' }), 'conflict');
    expectProblem(await ask('claimAchievement', 'gus', { id: 'unheard-of' }), 'not-found');
    expectProblem(await ask('claimAchievement', 'gus', { id: '__proto__' }), 'not-found');
    expectProblem(await ask('claimAchievement', 'gus', { id: 'a b' }), 'validation');
    expectProblem(await ask('claimAchievement', 'gus', { claims: asUser('hal') }), 'forbidden');
    expectProblem(await ask('claimAchievement', 'gus', { claims: undefined }), 'unauthorized');
    expectProblem(await ask('claimAchievement', 'gus', { body: { achievement: 'x' } }), 'validation');
    expectProblem(await ask('getAchievements', 'gus', { query: { domain: 'video' } }), 'forbidden');
    expect(await engine.scan()).toEqual(before);
    expect((await ask('claimAchievement', 'gus', { claims: asService() })).status).toBe(200);
  });

  it('of the same id in another product is another one', async () => {
    for (let n = 0; n < 7; n += 1)
      await track('ian', { type: 'watch', occurredAt: engine.clock.iso(-n * DAY) });
    const query = { domain: 'video' };
    const [own, other] = [
      await ask('claimAchievement', 'ian', { id: 'streak-week' }),
      await ask('claimAchievement', 'ian', { id: 'streak-week', query, claims: asService() }),
    ];
    expect([own.status, other.status]).toEqual([200, 200]);
    expectProblem(
      await ask('getAchievements', 'ian', { query: { domain: 'no' }, claims: asService() }),
      'validation',
    );
  });
});

describe('a badge', () => {
  const hashed = (identity: string, salt: string) =>
    `sha256$${createHash('sha256').update(`${identity}${salt}`).digest('hex')}`;

  it('is an Open Badges 3.0 credential that names the learner to those only who know them', async () => {
    await engine.good('upsertProfile', { body: { email: 'Ada@Example.com' }, claims: asUser('ada') });
    const { status, body, text } = await ask('getBadge', 'ada');
    const { 'first-lesson': first } = await achievementsOf('ada');
    const [{ salt, identityHash }] = body.credentialSubject.identifier;
    expect(status).toBe(200);
    expect(body).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      id: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'First lesson',
      issuer: { id: 'https://test', type: ['Profile'], name: 'Learning platform', url: 'https://test' },
      validFrom: first!.unlockedAt,
      credentialSubject: {
        type: ['AchievementSubject'],
        identifier: [
          {
            type: 'IdentityObject',
            hashed: true,
            identityType: 'emailAddress',
            identityHash: hashed('ada@example.com', salt),
            salt: expect.stringMatching(/^[0-9a-f]{32}$/),
          },
        ],
        achievement: {
          id: 'https://test/#achievements/learning/first-lesson',
          type: ['Achievement'],
          achievementType: 'Badge',
          name: 'First lesson',
          description: 'You finished your first lesson.',
          criteria: { narrative: 'You finished your first lesson.' },
        },
      },
    });
    expect(text).not.toContain('xample.com');
    expect((await ask('getBadge', 'ada')).body).toEqual(body);
    const bobs = (await ask('getBadge', 'bob')).body;
    const [{ salt: bobsSalt, ...bobsIdentity }] = bobs.credentialSubject.identifier;
    expect(bobsIdentity).toMatchObject({ identityType: 'accountId', identityHash: hashed('bob', bobsSalt) });
    expect([bobs.id === body.id, identityHash === bobsIdentity.identityHash]).toEqual([false, false]);
  });

  it("of what is locked or unknown, or somebody else's, is refused", async () => {
    expectProblem(await ask('getBadge', 'ada', { id: 'streak-month' }), 'conflict');
    expectProblem(await ask('getBadge', 'ada', { id: 'unheard-of' }), 'not-found');
    expectProblem(await ask('getBadge', 'ada', { claims: asUser('bob') }), 'forbidden');
  });
});

describe('what is new', () => {
  it('costs half a read unit, and nothing is sent again while nothing changed', async () => {
    const first = await updatesOf('dan');
    const query = { since: first.body.until };
    const { headers } = await updatesOf('dan', { query });
    resetMeter();
    const again = await updatesOf('dan', { query, headers: { 'if-none-match': headers.etag! } });
    expect([again.status, again.text]).toEqual([304, '']);
    const used = Object.values(meterTotals());
    expect(used.reduce((sum, { readUnits }) => sum + readUnits, 0)).toBeLessThanOrEqual(1);
    expect(used.reduce((sum, { calls }) => sum + calls, 0)).toBe(1);
    await track('dan', { type: 'review' });
    engine.clock.advance(SECOND);
    expect((await updatesOf('dan', { query })).body.updates).toEqual([]);
  });
});

describe('a look at the achievements', () => {
  it('costs one request', async () => {
    resetMeter();
    await achievementsOf('dan');
    const used = Object.values(meterTotals());
    expect(used.reduce((sum, { calls }) => sum + calls, 0)).toBe(1);
  });
});

describe('tracking', () => {
  it('of ten interactions a day costs at most three write units each; a new day one, an achievement three', async () => {
    engine.clock.advance(HOUR - (engine.clock.now() % HOUR));
    await track('jan', { type: 'view', contentId: 'warm-up' });
    resetMeter();
    let tracked = 0;
    for (let day = 0; day < 10; day += 1) {
      engine.clock.advance(DAY - 20 * MINUTE);
      for (let n = 0; n < 10; n += 1) {
        await track('jan', { ...lesson(day * 10 + n), sessionId: `s-${day}` });
        tracked += 1;
        engine.clock.advance(2 * MINUTE);
      }
    }
    const totals = meterTotals();
    const writes = Object.values(totals).reduce((sum, { writeUnits }) => sum + writeUnits, 0);
    expect(totals.replaceDays).toMatchObject({ calls: 10, writeUnits: 10 });
    expect(totals.readAchievements).toMatchObject({ calls: 10, readUnits: 10 });
    const telling = ['unlockAchievement', 'keepUpdate', 'noteTold'].map((name) => totals[name]?.writeUnits);
    expect(telling).toEqual([4, 4, 4]);
    expect(await unlockedOf('jan')).toEqual(['first-lesson', 'ten-parts', 'fifty-parts', 'streak-week']);
    expect(writes / tracked).toBeLessThanOrEqual(3);
  });
});
