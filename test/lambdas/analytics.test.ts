import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import { DAY, HOUR, SECOND } from '../support/clock.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectProblem, expectRefused } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../support/http-event.ts';
import { someItems } from '../support/sample-world.ts';

let engine: Engine;
const ask = (query: Record<string, string> = {}, route = 0) =>
  engine.good('getAnalytics', { query, route, claims: asAdmin() });
const segments = () => engine.good('listSegments', { claims: asAdmin() });

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const ROUTES = [0, 1];

describe('before the first aggregation', () => {
  it('everything is zero, for every day of the period, and the answer says how to change that', async () => {
    const answer = await ask({ period: '30d' });
    expect(answer).toMatchObject({
      period: '30d',
      from: '2026-10-23T00:00:00.000Z',
      asOf: null,
      totals: {
        users: { active: 0, new: 0, returning: 0 },
        engagement: { interactions: 0, meanEngagement: null },
        recommendations: { shown: 0, clickThrough: null },
        learningPaths: { completed: 0 },
        rules: { decisions: 0 },
      },
      reason: expect.stringContaining('POST /local/run/aggregate'),
    });
    expect(answer.series).toHaveLength(30);
    expect([answer.series[0].date, answer.series[29].date]).toEqual(['2026-10-23', '2026-11-21']);
    expect((await segments()).reason).toContain('POST /local/run/aggregate');
  });
});

describe('after an aggregation', () => {
  /** Ada gets recommendations and follows one; Bob learns; Eve does not want to be counted. */
  const live = async () => {
    await engine.good('putCatalogItems', { body: { items: someItems(12) }, claims: asAdmin() });
    const ada = asUser('ada');
    const shown = await engine.good('getRecommendations', {
      params: { userId: 'ada' },
      query: { limit: '4' },
      claims: ada,
    });
    const feedback = { recommendationId: shown[1].recommendationId, feedback: 'clicked' };
    await engine.good('recordRecommendationFeedback', {
      params: { userId: 'ada' },
      body: feedback,
      claims: ada,
    });
    await engine.good('trackInteraction', { body: { type: 'purchase', value: 20 }, claims: ada });
    const courses = ['play', 'complete'].map((type, at) => ({
      userId: 'bob',
      type,
      contentId: 'course-101',
      contentType: 'course',
      sessionId: 's1',
      occurredAt: engine.clock.iso(-2 * DAY + at * HOUR),
    }));
    await engine.good('trackInteractions', { body: { interactions: courses }, claims: asService() });
    expect(await engine.drainQueue()).toBe(0);
    await engine.good('trackInteraction', { body: { type: 'view' }, claims: asUser('eve') });
    const profiles = profileStore(engine.database);
    const eve = await profiles.get('eve');
    await engine.good('upsertProfile', { body: { userId: 'eve' }, claims: asUser('eve') });
    const stored = eve ?? (await profiles.get('eve'));
    if (!stored) throw new Error('eve has no profile');
    const privacy = { ...stored.privacy, optOut: true };
    await profiles.put({ ...stored, privacy, version: stored.version + 1 }, stored.version);
    engine.clock.advance(SECOND);
  };

  beforeAll(async () => {
    await live();
    await engine.runJob('aggregate', 'run-1');
  });

  it.each(ROUTES)('the totals are what happened (route %s)', async (route) => {
    const answer = await ask({ period: '7d' }, route);
    expect(answer.reason).toBeUndefined();
    expect(answer.counted).toEqual({ users: 2, withoutConsent: 1 });
    expect(answer.totals).toMatchObject({
      users: { active: 2, new: 2, returning: 0 },
      engagement: { interactions: 4, sessions: 1, minutes: 60 },
      recommendations: { answers: 1, shown: 4, clicked: 1, converted: 0, clickThrough: 0.25, conversion: 0 },
      learningPaths: { started: 2, progressed: 0, completed: 1 },
    });
  });

  it('the series holds each day of the period, which add up to the totals', async () => {
    const { series, totals } = await ask({ period: '7d' });
    expect(series.map(({ date }: { date: string }) => date.slice(8))).toEqual([
      '15',
      '16',
      '17',
      '18',
      '19',
      '20',
      '21',
    ]);
    const sum = (part: string, name: string) =>
      series.reduce((all: number, day: Record<string, Record<string, number>>) => all + day[part]![name]!, 0);
    for (const [part, name] of [
      ['engagement', 'interactions'],
      ['recommendations', 'shown'],
      ['learningPaths', 'completed'],
      ['rules', 'decisions'],
    ] as const)
      expect([name, sum(part, name)]).toEqual([name, totals[part][name]]);
    expect(series[4].users).toEqual({ active: 1, new: 1, returning: 0 });
  });

  it('a period holds its days only, and the running one in each', async () => {
    expect((await ask({ period: '1d' })).totals.users).toEqual({ active: 1, new: 1, returning: 0 });
    expect((await ask({ period: '1d' })).series).toHaveLength(1);
    expect((await ask({ period: '90d' })).series).toHaveLength(90);
  });

  it('a metric narrows totals and series to its part', async () => {
    const { totals, series } = await ask({ period: '1d', metric: 'learning_paths' });
    expect(Object.keys(totals)).toEqual(['learningPaths']);
    expect(Object.keys(series[0]).sort()).toEqual(['date', 'learningPaths']);
    for (const metric of ['users', 'engagement', 'recommendations', 'rules'])
      expect(Object.keys((await ask({ metric })).totals)).toEqual([metric]);
  });

  it('segments have users, engagement and conversion', async () => {
    const { segments: rows, everyone, asOf } = await segments();
    expect(everyone).toMatchObject({ users: 2, conversion: 1 });
    expect(asOf).not.toBeNull();
    const fresh = rows.find(({ name }: { name: string }) => name === 'new_user');
    expect(fresh).toMatchObject({ users: 2, share: 1, conversion: 1, underperformer: false });
    expect(fresh.engagement).toBeGreaterThan(0);
  });

  it('a second run says the same, and late events go to the day they occurred on', async () => {
    const before = await ask({ period: '7d' });
    engine.clock.advance(SECOND);
    await engine.runJob('aggregate', 'run-2');
    const { totals, series } = await ask({ period: '7d' });
    expect([totals, series]).toEqual([before.totals, before.series]);
    const late = { type: 'view', occurredAt: engine.clock.iso(-3 * DAY) };
    await engine.good('trackInteraction', { body: late, claims: asUser('ada') });
    engine.clock.advance(SECOND);
    await engine.runJob('aggregate', 'run-3');
    const after = await ask({ period: '7d' });
    expect(after.series[3].engagement.interactions).toBe(1);
    expect(after.series[6]).toEqual({ ...series[6], users: { active: 1, new: 0, returning: 1 } });
  });

  it('an old answer says so', async () => {
    engine.clock.advance(3 * DAY);
    expect((await ask()).reason).toMatch(/^The last aggregation was at 2026-11-21T/);
    expect((await segments()).reason).toMatch(/^The last aggregation was at/);
    engine.clock.advance(-3 * DAY);
  });
});

describe('who may ask, and how', () => {
  it.each(['getAnalytics', 'listSegments'])('%s is for admins', async (operationId) => {
    for (const claims of [asUser('ada'), asService()])
      expectProblem(await engine.call(operationId, { claims }), 'forbidden');
    expectProblem(await engine.call(operationId, {}), 'unauthorized');
  });

  it.each([
    { period: '2d' },
    { period: '' },
    { period: '7D' },
    { metric: 'money' },
    { metric: 'learningPaths' },
    { period: '__proto__' },
    { days: '7' },
  ] as Record<string, string>[])('%j is refused, with the field named', async (query) => {
    const answer = await engine.call('getAnalytics', { query, claims: asAdmin() });
    expectRefused(answer, Object.keys(query)[0]);
  });
});
