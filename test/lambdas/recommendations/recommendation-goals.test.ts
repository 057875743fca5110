import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';

let engine: Engine;

type Found = { contentId: string; reason: string; scores: Record<string, number> };

const item = (itemId: string, title: string, type: string) => ({
  itemId,
  type,
  title,
  tags: title.split(' '),
});
const ITEMS = [
  item('paint', 'watercolour painting', 'course'),
  item('run', 'marathon running', 'course'),
  item('cook', 'vegetable cooking', 'video'),
  item('bake', 'vegetable baking', 'video'),
  item('roast', 'vegetable roasting', 'course'),
];

const post = (sub: string, operation: string, body: object) =>
  engine.good(operation, { params: { userId: sub }, body, claims: asUser(sub) });
const list = async (sub: string) => {
  const answer = await engine.call('getRecommendations', { params: { userId: sub }, claims: asUser(sub) });
  expect(answer.status).toBe(200);
  return { found: answer.body as Found[], decisionId: answer.headers['Attune-Decision-Id'] ?? '' };
};

beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items: ITEMS }, claims: asAdmin() });
});
afterAll(() => engine.close());

describe('goals in recommendations', () => {
  it('count from the next answer on, until they are done', async () => {
    const due = engine.clock.iso(10 * DAY).slice(0, 10);
    const goal = (title: string, metric: string) => ({ title, metric, target: 1, due });
    await post('ada', 'putGoals', { shortTerm: [goal('Painting', 'publish'), goal('Running', 'enroll')] });
    expect(
      (await list('ada')).found
        .slice(0, 2)
        .map(({ contentId }) => contentId)
        .sort(),
    ).toEqual(['paint', 'run']);

    await post('ada', 'trackInteraction', { type: 'publish' });
    const { found, decisionId } = await list('ada');
    expect(found[0]).toMatchObject({ contentId: 'run', reason: "Serves your goal 'Running'" });
    expect(found.find(({ contentId }) => contentId === 'paint')?.scores.goals).toBeUndefined();

    const told = await engine.good('getDecision', { params: { decisionId }, claims: asUser('ada') });
    expect(told.candidates[0].parts.goals).toBeGreaterThan(0);
    expect(told.candidates[0].reason).toMatch(/serves an open goal/);
  });
});

describe('streaks in recommendations', () => {
  it('speak for what carried them, as long as today has nothing', async () => {
    for (const contentId of ['paint', 'cook']) {
      await post('eve', 'trackInteraction', { type: 'view', contentId, contentType: 'video' });
      engine.clock.advance(DAY);
    }
    const { found } = await list('eve');
    const bake = found.find(({ contentId }) => contentId === 'bake');
    expect(bake?.scores.streak).toBeGreaterThan(0);
    expect(bake?.reason).toMatch(/\. Keeps your streak of 2 days$/);
    expect(found.find(({ contentId }) => contentId === 'roast')?.scores.streak).toBeUndefined();

    engine.clock.advance(HOUR);
    await post('eve', 'trackInteraction', { type: 'view', contentId: 'run', contentType: 'course' });
    for (const { scores, reason } of (await list('eve')).found) {
      expect([scores.streak, reason.includes('streak')]).toEqual([undefined, false]);
    }
  });
});
