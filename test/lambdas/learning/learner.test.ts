import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { isOfStreak } from '../../../core/achievements/measure.ts';
import { readMetric } from '../../../core/goals/read-metric.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { loadDomain } from '../../../lambdas/runtime/kept/domains.ts';
import { fold, interaction, series } from '../../core/profile/histories.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const as = (sub: string) => {
  const caller = { params: { userId: sub }, claims: asUser(sub) };
  return {
    track: (body: object) => engine.call('trackInteraction', { body, claims: asUser(sub) }),
    bulk: (interactions: readonly object[]) =>
      engine.good('trackInteractions', { body: { interactions }, claims: asUser(sub) }),
    learner: async () => (await engine.good('getProfile', caller)).learner,
    profile: () => engine.good('getProfile', caller),
    recompute: () => engine.good('recomputeProfile', caller),
    optOut: async () => {
      const store = profileStore(engine.database);
      const known = (await store.get(sub)) ?? newProfile(sub, engine.clock.now());
      const privacy = { ...known.privacy, optOut: true };
      await store.put({ ...known, privacy, version: known.version + 1 }, known.version);
    },
    insights: () =>
      engine.good('getInsights', { ...caller, claims: asService(), query: { domain: 'learning' } }),
  };
};

const quiz = (value: number, parts: object = {}) => ({
  type: 'quiz',
  contentType: 'quiz',
  value,
  context: { topic: 'Algebra' },
  ...parts,
});

const daysAgo = (days: number): string => new Date(engine.clock.now() - days * 86_400_000).toISOString();

describe('results of a learner', () => {
  it('are skills on the profile at once', async () => {
    const ada = as('ada');
    await ada.track({ type: 'view', contentType: 'video' });
    expect(await ada.learner()).toBeUndefined();
    for (const value of [90, 100, 95]) expect((await ada.track(quiz(value))).status).toBe(201);
    const { skills, preferenceVector } = await ada.learner();
    expect(skills).toEqual([
      expect.objectContaining({ topic: 'algebra', results: 3, passes: 3, meanScore: 95, state: 'mastered' }),
    ]);
    expect(skills[0].mastery).toBeCloseTo(0.838, 2);
    expect(preferenceVector.topics).toEqual([{ name: 'algebra', weight: 1 }]);
  });

  it('count once however often they are sent, and the same when they come late', async () => {
    const results = [10, 200, 30, 1].map((days, n) =>
      quiz(20 * (n + 1), { interactionId: `r${n}`, occurredAt: daysAgo(days) }),
    );
    const [bob, eve] = [as('bob'), as('eve')];
    await bob.bulk(results);
    await engine.drainQueue();
    await bob.bulk(results);
    for (const result of results.toReversed()) await eve.track(result);
    await engine.drainQueue();
    const inOrder = (await bob.learner()).skills;
    expect(inOrder[0].results).toBe(4);
    expect((await eve.learner()).skills).toEqual(inOrder);
    await bob.recompute();
    expect((await bob.learner()).skills).toEqual(inOrder);
  });

  it('beyond 0 to 100 change nothing', async () => {
    const zoe = as('zoe');
    await zoe.track(quiz(60));
    const before = (await zoe.learner()).skills;
    for (const value of [-5, 100.01, 1e9]) await zoe.track(quiz(value));
    expect((await zoe.learner()).skills).toEqual(before);
    expect((await zoe.profile()).analytics).toBeDefined();
  });

  it('are told in insights as facts', async () => {
    const mia = as('mia');
    for (const value of [10, 20, 15]) await mia.track(quiz(value));
    expect(JSON.stringify(await mia.insights())).toContain('Go over algebra again');
  });

  it('of users who do not allow personalisation are not read', async () => {
    const kim = as('kim');
    await kim.track(quiz(90));
    expect((await kim.learner()).skills).toHaveLength(1);
    await kim.optOut();
    expect(await kim.learner()).toBeUndefined();
  });
});

describe('the achievements of the learning domain', () => {
  const behaviour = fold(
    ...series(60, { type: 'complete', contentType: 'lesson', firstOfSession: true }),
    ...series(10, { type: 'quiz', value: 95, context: { topic: 'algebra' }, every: 0 }),
    ...series(5, { type: 'submit' }),
    ...series(25, { type: 'answer' }),
    ...series(900, { type: 'view' }),
    interaction({ type: 'complete', contentType: 'course' }),
    interaction({ type: 'complete', contentType: 'path' }),
  );
  const measured = loadDomain('learning').achievements.filter((definition) => !isOfStreak(definition));

  it.each(measured)('$id is reached by what people do, and not without it', ({ metric, target }) => {
    expect(readMetric(metric, behaviour)).toBeGreaterThanOrEqual(target);
    expect(readMetric(metric, emptyBehaviour())).toBe(0);
  });
});
