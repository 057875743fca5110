import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { decisionStore } from '../../adapters/dynamodb/stores/decision-store.ts';
import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import { parseDecisionId } from '../../core/decisions/decision-id.ts';
import { newProfile } from '../../core/profile/stored-profile.ts';
import { DAY, SECOND } from '../support/clock.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser, type Claims } from '../support/http-event.ts';
import { someItems } from '../support/sample-world.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items: someItems(12) }, claims: asAdmin() });
});
afterAll(() => engine.close());

/** Longer than rules stay unquestioned in a process. */
const REVALIDATED = 11 * SECOND;

const read = (decisionId: string, claims: Claims, parts: object = {}) =>
  engine.call('getDecision', { params: { decisionId }, claims, ...parts });

const explained = async (decisionId: string, claims: Claims) => {
  const { status, text, body } = await read(decisionId, claims);
  expect([status, text]).toEqual([200, expect.any(String)]);
  return body;
};

const configFor = (userId: string, body: object = {}) =>
  engine.good('decideConfig', { body: { context: 'dashboard', ...body }, claims: asUser(userId) });

const rule = async (body: object) => {
  const made = await engine.good('createRule', { body, claims: asAdmin() });
  engine.clock.advance(REVALIDATED);
  return made;
};

const optOut = async (userId: string) => {
  const store = profileStore(engine.database);
  const profile = (await store.get(userId)) ?? newProfile(userId, 0);
  const privacy = { ...profile.privacy, optOut: true };
  await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
};

const recommended = async (userId: string) => {
  const answer = await engine.call('getRecommendations', { params: { userId }, claims: asUser(userId) });
  return { decisionId: answer.headers['Attune-Decision-Id'] ?? '', items: answer.body };
};

describe('the trace of a config', () => {
  it('tells of every rule, matched or not, and gives the config again', async () => {
    const matching = await rule({
      name: 'Pro tips',
      priority: 5,
      condition: { '==': [{ var: 'user.attributes.plan' }, 'pro'] },
      actions: { settings: { banner: 'pro' } },
    });
    const other = await rule({
      name: 'Night owls',
      condition: {
        and: [{ '==': [{ var: 'user.attributes.plan' }, 'pro'] }, { '>': [{ var: 'session.count' }, 5] }],
      },
      actions: { theme: 'dark' },
    });
    const asked = { attributes: { plan: 'pro' }, device: 'desktop', locale: 'nl-NL' };
    const { decisionId, config, reasons, segments, generatedAt } = await configFor('ada', asked);
    expect(config.settings.banner).toBe('pro');
    const told = await explained(decisionId, asUser('ada'));
    expect(told).toMatchObject({
      decisionId,
      kind: 'config',
      userId: 'ada',
      decidedAt: generatedAt,
      context: 'dashboard',
      device: 'desktop',
      locale: 'nl-NL',
      source: 'computed',
      reproduced: true,
      notes: [],
      config,
      reasons,
      segments,
      rules: [
        { ruleId: matching.ruleId, verdict: 'applied', version: 1 },
        {
          ruleId: other.ruleId,
          verdict: 'condition not met',
          clauses: [
            { path: 'user.attributes.plan', passed: true, value: 'pro' },
            { path: 'session.count', passed: false, value: 0 },
          ],
        },
      ],
    });
  });

  it('uses the rules as they were', async () => {
    const made = await rule({
      name: 'Bob first',
      condition: { '==': [{ var: 'user.userId' }, 'bob'] },
      actions: { layout: 'compact' },
    });
    const { decisionId, config } = await configFor('bob');
    const body = {
      name: 'Bob later',
      condition: { '==': [{ var: 'user.userId' }, 'nobody'] },
      actions: { layout: 'spacious' },
    };
    await engine.good('replaceRule', { params: { ruleId: made.ruleId }, body, claims: asAdmin() });
    await rule({ name: 'New here', condition: true, actions: { settings: { later: true } } });
    const told = await explained(decisionId, asAdmin());
    expect(told).toMatchObject({ config, reproduced: true });
    const found = told.rules.find(({ ruleId }: { ruleId: string }) => ruleId === made.ruleId);
    expect(found).toMatchObject({ name: 'Bob first', verdict: 'applied', version: 1 });
    expect(told.rules.map(({ name }: { name: string }) => name)).not.toContain('New here');
  });

  it('is read for 30 days and no longer', async () => {
    const { decisionId } = await configFor('cat');
    expect((await read(decisionId, asUser('cat'))).status).toBe(200);
    engine.clock.advance(30 * DAY + 2 * SECOND);
    expectProblem(await read(decisionId, asUser('cat')), 'not-found');
    expectProblem(await read(decisionId, asAdmin()), 'not-found');
  });

  it('is written once while the decision stays the same, for each context', async () => {
    const [home, login] = [await configFor('dan'), await configFor('dan', { context: 'login' })];
    engine.clock.advance(120 * SECOND);
    const before = await engine.scan();
    expect((await configFor('dan')).decisionId).toBe(home.decisionId);
    expect((await configFor('dan', { context: 'login' })).decisionId).toBe(login.decisionId);
    expect(home.decisionId).not.toBe(login.decisionId);
    expect(await engine.scan()).toEqual(before);
  });

  it('is not left by somebody who opted out; who opted out later may still read theirs', async () => {
    const { decisionId } = await configFor('eve');
    await optOut('eve');
    engine.clock.advance(120 * SECOND);
    const before = await engine.scan();
    const after = await configFor('eve');
    expect(after.source).toBe('fallback');
    expect(await engine.scan()).toEqual(before);
    expectProblem(await read(after.decisionId, asUser('eve')), 'not-found');
    expect((await explained(decisionId, asUser('eve'))).userId).toBe('eve');
  });
});

describe('the trace of recommendations', () => {
  it('tells what was shown, from which rung and sources, with segments and titles', async () => {
    const body = { type: 'view', contentId: 'course-103' };
    await engine.good('trackInteraction', { body, claims: asUser('gil') });
    const { decisionId, items } = await recommended('gil');
    const told = await explained(decisionId, asService());
    expect(told).toMatchObject({
      decisionId,
      kind: 'recommendations',
      userId: 'gil',
      source: 'computed',
      rung: items[0].rung,
      shown: items.length,
      rules: [],
      segments: [{ name: 'new_user', confidence: 1 }],
    });
    for (const [position, candidate] of told.candidates.entries()) {
      const { contentId, title, recommendationId, relevanceScore } = items[position];
      expect(candidate).toMatchObject({ itemId: contentId, title, recommendationId });
      expect(candidate.score).toBeCloseTo(relevanceScore, 2);
    }
    expect(told.sources.length).toBeGreaterThan(0);
    for (const { source, meaning, elements } of told.sources)
      expect([source, meaning.length > 10, elements > 0]).toEqual([source, true, true]);
    expect(told.candidates[0].reason.length).toBeGreaterThan(10);
  });

  it('takes a click under its recommendation id, sealed user and all', async () => {
    const { items } = await recommended('gil');
    const sent = { recommendationId: items[2].recommendationId, feedback: 'clicked' };
    const answer = await engine.good('recordRecommendationFeedback', {
      params: { userId: 'gil' },
      body: sent,
      claims: asUser('gil'),
    });
    expect(answer.contentId).toBe(items[2].contentId);
  });

  it('sorts by time also where the id follows from an idempotency key', async () => {
    const ask = async (key: string) => {
      const answer = await engine.good('requestRecommendations', {
        body: { context: 'keyed', options: { limit: 3 } },
        headers: { 'idempotency-key': key },
        claims: asUser('hal'),
      });
      return answer.decisionId as string;
    };
    const ids: string[] = [];
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      ids.push(await ask(key));
      engine.clock.advance(SECOND);
      const body = { type: 'view', contentId: `course-10${ids.length}` };
      await engine.good('trackInteraction', { body, claims: asUser('hal') });
    }
    expect(new Set(ids).size).toBe(5);
    expect([...ids].sort()).toEqual(ids);
    expect(await ask('a')).toBe(ids[0]);
    const before = await ask('f');
    expect(await ask('g')).toBe(before);
  });
});

describe('what followed from a decision', () => {
  it('is joined by decision id and by recommendation id, each once, of that decision alone', async () => {
    const claims = asUser('follower');
    const track = (body: object) => engine.good('trackInteraction', { body, claims });
    await track({ type: 'view', contentId: 'item-1', decisionId: 'of.another' });
    const config = await configFor('follower');
    const other = await configFor('follower', { context: 'elsewhere' });
    const list = await recommended('follower');
    const bought = { type: 'purchase', interactionId: 'bought', decisionId: config.decisionId };
    await track(bought);
    await track(bought);
    await track({ type: 'signup', interactionId: 'signed', decisionId: other.decisionId });
    const [{ recommendationId, contentId }] = list.items;
    await engine.good('recordRecommendationFeedback', {
      params: { userId: 'follower' },
      body: { recommendationId, feedback: 'clicked' },
      claims,
    });
    const followed = async (id: string) => (await explained(id, asService())).followedBy;
    expect(await followed(config.decisionId)).toMatchObject([{ interactionId: 'bought', type: 'purchase' }]);
    expect(await followed(other.decisionId)).toMatchObject([{ interactionId: 'signed' }]);
    expect(await followed(list.decisionId)).toMatchObject([{ type: 'click', contentId, position: 0 }]);
  });
});

describe('the trace of a workflow', () => {
  it('tells what was found', async () => {
    const actions = Array.from({ length: 6 }, () => ['open', 'edit', 'save']).flat();
    const interactions = actions.map((feature, n) => ({
      type: 'use',
      feature,
      occurredAt: engine.clock.iso(-DAY + n * 30 * SECOND),
    }));
    await engine.good('trackInteractions', { body: { interactions }, claims: asUser('ida') });
    expect(await engine.drainQueue()).toBe(0);
    const params = { userId: 'ida' };
    const found = await engine.good('getWorkflowOptimizations', { params, claims: asUser('ida') });
    const told = await explained(found.decisionId, asUser('ida'));
    expect(told).toMatchObject({ kind: 'workflow', userId: 'ida', workflow: { actions: 18 } });
    expect(told.workflow.nextSteps[0].action).toBe(found.nextSteps[0].action);
  });
});

describe('who may read a trace', () => {
  const STRANGE = [
    'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
    'cfg.01JD6Z7Q9T3V5X8Y2A',
    'r-1',
    '__proto__',
    'x'.repeat(128),
  ];

  it('is its user, a service and an administrator, by the id alone', async () => {
    const { decisionId } = await configFor('kim');
    for (const claims of [asUser('kim'), asService(), asAdmin()])
      expect((await explained(decisionId, claims)).userId).toBe('kim');
    expect((await read(decisionId, asService(), { headers: { 'x-user-id': 'kim' } })).status).toBe(200);
    expectProblem(await read(decisionId, asService(), { headers: { 'x-user-id': 'lea' } }), 'not-found');
    expectProblem(await read(decisionId, asUser('lea')), 'forbidden');
    expectProblem(await read(decisionId, asUser('lea'), { query: { userId: 'kim' } }), 'forbidden');
  });

  it('is also found by the id of a recommendation in it', async () => {
    const { decisionId, items } = await recommended('kim');
    for (const claims of [asUser('kim'), asService()])
      expect((await explained(items[1].recommendationId, claims)).decisionId).toBe(decisionId);
    expectProblem(await read(items[1].recommendationId, asUser('lea')), 'forbidden');
  });

  it('finds nothing under a changed, cut, unknown or hostile id', async () => {
    const { decisionId } = await configFor('mia');
    const { bare = '', sealed = '' } = parseDecisionId(decisionId) ?? {};
    const flipped = `${bare}.${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
    const moved = `${bare.slice(0, -1)}${bare.endsWith('0') ? '1' : '0'}.${sealed}`;
    for (const claims of [asUser('mia'), asUser('noa'), asService()])
      for (const id of [flipped, moved, ...STRANGE]) expectProblem(await read(id, claims), 'not-found');
    expectProblem(await read('a b', asService()), 'validation');
    expectProblem(await read(bare, asUser('noa')), 'not-found');
    expect((await explained(bare, asUser('mia'))).decisionId).toBe(decisionId);
  });

  it('names the user in the request where the user id is too long for the decision id', async () => {
    const userId = 'u'.repeat(128);
    const { decisionId } = await configFor(userId);
    expect(parseDecisionId(decisionId)).toEqual({ bare: decisionId, sealed: undefined });
    expect((await explained(decisionId, asUser(userId))).userId).toBe(userId);
    expectProblem(await read(decisionId, asService()), 'not-found');
    expect((await read(decisionId, asService(), { query: { userId } })).body.userId).toBe(userId);
  });
});

describe('a trace that cannot be written', () => {
  it('is logged and nobody notices', async () => {
    const { tracePorts } = await import('../../lambdas/runtime/ports/decision-ports.ts');
    const { logger } = await import('../../lambdas/runtime/telemetry.ts');
    const { decisions } = tracePorts();
    const warned = jest.spyOn(logger, 'warn').mockImplementation(() => undefined);
    const refused = async () => {
      throw new Error('the table is full');
    };
    const spies = [
      jest.spyOn(decisions as ReturnType<typeof decisionStore>, 'putConfig').mockImplementation(refused),
      jest.spyOn(decisions, 'put').mockImplementation(refused),
    ];
    const { decisionId } = await configFor('oli');
    expect((await recommended('oli')).items.length).toBeGreaterThan(0);
    for (const spy of spies) spy.mockRestore();
    expect(warned.mock.calls.filter(([message]) => message === 'decision trace lost')).toHaveLength(2);
    warned.mockRestore();
    expectProblem(await read(decisionId, asUser('oli')), 'not-found');
  });
});
