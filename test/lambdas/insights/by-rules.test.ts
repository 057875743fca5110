import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';
import { someItems } from '../../support/sample-world.ts';
import { putProfile, setPrivacy } from '../../support/stored-profiles.ts';

const DOMAINS = ['film', 'learning', 'real-estate', 'saas', 'video'];

type Shown = { title: string; facts: string[]; reason: string; action?: string; target?: string };

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items: someItems(12) }, claims: asAdmin() });
});
afterAll(() => engine.close());

const dashboard = (userId: string, query?: Record<string, string>, claims = asUser(userId)) =>
  engine.call('getDashboard', { params: { userId }, query, claims });
const insights = (userId: string, query?: Record<string, string>, claims = asUser(userId)) =>
  engine.call('getInsights', { params: { userId }, query, claims });
const suggestions = (userId: string, context: object, more: object = {}, claims = asUser(userId)) =>
  engine.call('suggest', { body: { userId, context, ...more }, claims });
const updates = (userId: string, query?: Record<string, string>, headers?: Record<string, string>) =>
  engine.call('getRealtimeUpdates', { params: { userId }, query, headers, claims: asUser(userId) });
const track = (userId: string, body: object) =>
  engine.good('trackInteraction', { body, claims: asUser(userId) });
const explained = (decisionId: string) =>
  engine.good('getDecision', { params: { decisionId }, claims: asService() });

/** Somebody with a goal, a few views and a market. */
const somebody = async (userId: string): Promise<void> => {
  const claims = asUser(userId);
  await engine.good('putGoals', {
    body: {
      shortTerm: [{ title: 'Publish five listings', metric: 'publish', target: 5, due: '2026-12-01' }],
    },
    claims,
  });
  await engine.good('putMarketFocus', { body: { focus: ['topic-1'] }, claims });
  for (const contentId of ['course-103', 'course-104', 'project-105'])
    await track(userId, { type: 'view', contentId, contentType: 'course', feature: 'search' });
};

describe('a dashboard of rules', () => {
  it.each(DOMAINS)('is about the user, with the words and actions of the domain %s', async (domain) => {
    const userId = `user-${domain}`;
    await somebody(userId);
    const { status, body } = await dashboard(userId, { domain }, asService());
    expect([status, body.domain, body.writtenBy, body.source]).toEqual([200, domain, 'rules', 'fallback']);
    expect(body.reason).toMatch(/no model is set up/);
    for (const list of ['priorityActions', 'suggestedContent', 'marketInsights', 'nextBestActions'])
      expect([list, body[list].length > 0 || body.reasons[list] !== undefined]).toEqual([list, true]);
    expect(body.priorityActions.length).toBeGreaterThan(0);
    expect(body.priorityActions.some(({ facts }: Shown) => facts.length > 0)).toBe(true);
    for (const { action, target, reason } of body.priorityActions as Shown[])
      expect([typeof action, (target ?? '').length > 0, reason.length > 5]).toEqual(['string', true, true]);
    expect(body.suggestedContent.length).toBeGreaterThan(0);
    expect(body.textGeneratedAt).toBeNull();
  });

  it('says the same and keeps its decision while nothing changes', async () => {
    await somebody('ann');
    const [first, second] = [await dashboard('ann'), await dashboard('ann')];
    expect(second.body.decisionId).toBe(first.body.decisionId);
    expect(second.body.nextBestActions).toEqual(first.body.nextBestActions);
    expect(second.body.suggestedContent).toEqual(first.body.suggestedContent);
  });

  it('is explained, with what the user did with it', async () => {
    await somebody('bea');
    const { body } = await dashboard('bea');
    const { recommendationId, contentId } = body.suggestedContent[0];
    await engine.good('recordRecommendationFeedback', {
      params: { userId: 'bea' },
      body: { recommendationId, feedback: 'clicked' },
      claims: asUser('bea'),
    });
    const trace = await explained(body.decisionId);
    expect(trace).toMatchObject({
      kind: 'insights',
      context: 'dashboard',
      source: 'fallback',
      insights: { domain: 'saas', writtenBy: 'rules' },
    });
    expect(trace.insights.texts.length).toBe(body.priorityActions.length + body.marketInsights.length);
    expect(trace.insights.actions.map(({ action }: Shown) => action)).toEqual(
      body.nextBestActions.map(({ action }: Shown) => action),
    );
    expect(trace.candidates.map(({ itemId }: { itemId: string }) => itemId)).toEqual(
      body.suggestedContent.map((one: { contentId: string }) => one.contentId),
    );
    expect(trace.followedBy).toMatchObject([{ type: 'click', contentId, position: 0 }]);
  });

  it('offers the same actions to pages that open at once, and remembers them once', async () => {
    await somebody('cat');
    const answers = await Promise.all([dashboard('cat'), dashboard('cat'), dashboard('cat')]);
    const lists = answers.map(({ body }) => body.nextBestActions.map(({ action }: Shown) => action).join());
    expect(new Set(lists).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('leaves out what was dismissed, everywhere, until its cooldown is over', async () => {
    await somebody('deb');
    const named = async () => {
      const [page, told] = [(await dashboard('deb')).body, (await insights('deb')).body];
      const suggested = (await suggestions('deb', { currentPage: 'dashboard' })).body.suggestions;
      const lists = [page.priorityActions, page.nextBestActions, told.advice, suggested];
      return lists.flat().map(({ action }: Shown) => action);
    };
    const [action] = await named();
    const dismissal = { type: 'dismiss', contentType: 'action', contentId: action };
    await track('deb', dismissal);
    expect(await named()).not.toContain(action);
  });

  it('says of somebody unknown what is for everybody', async () => {
    const { status, body } = await dashboard('stranger');
    expect([status, body.writtenBy]).toEqual([200, 'rules']);
    expect(body.priorityActions.length).toBeGreaterThan(0);
    expect(body.suggestedContent.length).toBeGreaterThan(0);
  });
});

describe('the domain of a request', () => {
  it('is for services and admins to name; unknown ones are refused with those that are known', async () => {
    expectProblem(await dashboard('dan', { domain: 'film' }), 'forbidden');
    expectProblem(await insights('dan', { domain: 'film' }), 'forbidden');
    expectProblem(await suggestions('dan', { currentPage: 'home' }, { domain: 'film' }), 'forbidden');
    expect((await dashboard('dan', { domain: 'film' }, asAdmin())).body.domain).toBe('film');
    const unknown = await dashboard('dan', { domain: 'bakery' }, asService());
    expectRefused(unknown, 'domain');
    expect(unknown.text).toContain(DOMAINS.join(', '));
    expectRefused(await insights('dan', { domain: '../saas' }, asService()), 'domain');
  });

  it("is nobody else's user: another user is refused", async () => {
    for (const answer of [
      await dashboard('eve', undefined, asUser('mallory')),
      await insights('eve', undefined, asUser('mallory')),
      await suggestions('eve', { currentPage: 'home' }, {}, asUser('mallory')),
    ])
      expectProblem(answer, 'forbidden');
  });
});

describe('a user who does not allow personalisation', () => {
  it('gets what everybody gets, with the reason, and nothing is written', async () => {
    await somebody('fay');
    await dashboard('fay');
    await setPrivacy(engine, 'fay', { optOut: true });
    const before = await engine.scan();
    const { body } = await dashboard('fay');
    expect(body).toMatchObject({ source: 'fallback', writtenBy: 'rules', nextBestActions: [] });
    expect([body.reason, body.reasons.nextBestActions]).toEqual([
      expect.stringMatching(/opted out/),
      expect.stringMatching(/opted out/),
    ]);
    expect(JSON.stringify(body)).not.toMatch(/five listings|topic-1"/);
    const told = (await insights('fay')).body;
    expect([told.predictions, JSON.stringify(told.facts).includes('listings')]).toEqual([[], false]);
    const suggested = (await suggestions('fay', { currentPage: 'home' })).body;
    expect(JSON.stringify(suggested)).not.toContain('five listings');
    expect(await engine.scan()).toEqual(before);
  });
});

describe('insights of rules', () => {
  it.each(DOMAINS)(
    'hold behaviour, predictions and advice with the facts behind them: %s',
    async (domain) => {
      const userId = `told-${domain}`;
      await somebody(userId);
      const { status, body } = await insights(userId, { domain }, asService());
      expect([status, body.writtenBy]).toEqual([200, 'rules']);
      expect(body.behaviour.length).toBeGreaterThan(0);
      const known = new Set(body.facts.map(({ id }: { id: string }) => id));
      for (const { facts } of [...body.behaviour, ...body.predictions, ...body.advice] as Shown[])
        for (const fact of facts) expect([fact, known.has(fact)]).toEqual([fact, true]);
      const names = body.predictions.map(({ name }: { name: string }) => name);
      expect(names).toEqual(expect.arrayContaining(['churn', 'goals']));
      const [churn] = body.predictions;
      expect(churn).toMatchObject({ name: 'churn', method: 'rule', value: expect.any(Number) });
      expect(churn.factors.length).toBeGreaterThan(0);
      expect((await explained(body.decisionId)).insights.texts.length).toBeGreaterThan(0);
    },
  );

  it('say so where nothing is known', async () => {
    const { status, body } = await insights('nobody-yet');
    expect([status, body.predictions]).toEqual([200, []]);
    expect(body.facts[0]).toMatchObject({ kind: 'unknown' });
  });
});

describe('suggestions of rules', () => {
  it('are for the page, each with an action that can be opened', async () => {
    await somebody('gil');
    const { status, body } = await suggestions('gil', {
      currentPage: 'dashboard',
      recentActions: ['open_report', { type: 'click', feature: 'export' }],
      timeOfDay: '09:30',
      profileCompletion: 0.6,
    });
    expect([status, body.source, body.writtenBy]).toEqual([200, 'fallback', 'rules']);
    expect(body.suggestions.length).toBeGreaterThan(0);
    for (const { action, target } of body.suggestions as Shown[])
      expect([typeof action, (target ?? '').length > 0]).toEqual(['string', true]);
  });

  it.each([
    ['a page that nobody knows', { currentPage: 'the-cellar/under the stairs?' }],
    [
      'a page in another script',
      { currentPage: 'หน้าหลัก', timeOfDay: '夜', recentActions: ['Ärger', '点击'] },
    ],
    ['words for the time that mean nothing', { currentPage: 'home', timeOfDay: '25:99 or so' }],
    ['nothing done', { currentPage: 'home', recentActions: [] }],
    [
      'a thousand actions',
      { currentPage: 'home', recentActions: Array.from({ length: 1_000 }, (_, at) => `action ${at}`) },
    ],
  ])('are there for %s', async (_, context) => {
    const { status, body } = await suggestions('hal', context);
    expect([status, body.suggestions.length > 0]).toEqual([200, true]);
    expect((await explained(body.decisionId)).kind).toBe('insights');
  });

  it('refuse what is no context', async () => {
    expectRefused(await suggestions('hal', {}), 'context.currentPage');
    expectRefused(
      await suggestions('hal', { currentPage: 'home', profileCompletion: 101 }),
      'context.profileCompletion',
    );
    const many = Array.from({ length: 1_001 }, () => 'click');
    expectRefused(
      await suggestions('hal', { currentPage: 'home', recentActions: many }),
      'context.recentActions',
    );
  });
});

describe('long and foreign words', () => {
  it('of goals, 10,000 characters of them, are cut in answers and traces, and harm nothing', async () => {
    const goal = (title: string) => ({ title, term: 'short' as const, setAt: 0, baseline: 0 });
    const goals = [
      goal(`Продать ${'дом '.repeat(2_500)}`),
      goal('x'.repeat(10_000)),
      goal('住宅を売る'),
      goal('بيع المنازل'),
      goal('\u{1F3E0}'.repeat(5_000)),
    ];
    await putProfile(engine, 'ida', { goals });
    await track('ida', { type: 'view', contentId: 'course-103' });
    for (const { status, text, body } of [
      await dashboard('ida'),
      await insights('ida'),
      await suggestions('ida', { currentPage: 'home' }),
    ]) {
      expect(status).toBe(200);
      expect(text.length).toBeLessThan(20_000);
      expect(text.isWellFormed()).toBe(true);
      expect((await explained(body.decisionId)).userId).toBe('ida');
    }
  });
});

describe('realtime updates', () => {
  it('say that nothing is new, and 304 to whoever knows', async () => {
    const since = engine.clock.iso(-HOUR);
    const { status, body, headers } = await updates('jan', { since });
    expect([status, body]).toEqual([
      200,
      {
        userId: 'jan',
        updates: [],
        recommendations: false,
        achievements: [],
        insights: false,
        since,
        until: since,
        reason: expect.any(String),
      },
    ]);
    engine.clock.advance(MINUTE);
    const again = await updates('jan', { since }, { 'if-none-match': headers.etag! });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('begin a day ago where no moment is named, and refuse what is none', async () => {
    const { body } = await updates('jan');
    expect(Date.parse(body.since)).toBeGreaterThan(engine.clock.now() - DAY - MINUTE);
    expectRefused(await updates('jan', { since: 'yesterday' }), 'since');
  });
});

describe('a reset', () => {
  it('forgets offers and what was told', async () => {
    const actionsOf = async (userId: string): Promise<string[]> =>
      (await dashboard(userId)).body.nextBestActions.map(({ action }: Shown) => action);
    const ofNewcomers = await actionsOf('newcomer');
    await somebody('rex');
    await actionsOf('rex');
    await track('rex', { type: 'dismiss', contentType: 'action', contentId: ofNewcomers[0] });
    expect(await actionsOf('rex')).not.toContain(ofNewcomers[0]);
    await engine.good('resetProfile', { params: { userId: 'rex' }, claims: asUser('rex') });
    expect(await actionsOf('rex')).toEqual(ofNewcomers);
    expect((await updates('rex', { since: engine.clock.iso(-DAY) })).body.updates).toEqual([]);
  });
});

describe('the same action in two products', () => {
  it('is offered in both: each has its own cooldown', async () => {
    await somebody('duo');
    const idsIn = async (domain: string): Promise<string[]> =>
      (await dashboard('duo', { domain }, asService())).body.nextBestActions.map(
        ({ action }: Shown) => action,
      );
    for (const domain of DOMAINS) {
      const first = await idsIn(domain);
      expect(first.length).toBeGreaterThan(0);
      expect(await idsIn(domain)).toEqual(first);
    }
  });
});

describe('texts without a title', () => {
  it('say in full what they are about', async () => {
    await somebody('tia');
    const { behaviour, predictions } = (await insights('tia', { domain: 'real-estate' }, asService())).body;
    for (const { text } of behaviour as { text: string }[]) expect(text).not.toMatch(/^You have used it/);
    const goal = predictions.find(({ name }: { name: string }) => name === 'goals');
    expect(goal.text).toContain('Publish five listings');
  });
});

describe('suggestions on any page', () => {
  it('know what the user began and did not finish', async () => {
    await engine.good('putCatalogItems', {
      body: { items: [{ itemId: 'course-begun', type: 'course', title: 'Begun once' }] },
      claims: asAdmin(),
    });
    engine.clock.advance(MINUTE);
    await track('ben', { type: 'start', contentId: 'course-begun', contentType: 'course' });
    const { body } = await suggestions('ben', { currentPage: 'home' }, { domain: 'learning' }, asService());
    expect(body.suggestions.map(({ title }: Shown) => title)).toContain('Go on with "Begun once"');
  });
});
