import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelStore } from '../../adapters/dynamodb/stores/model-store.ts';
import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import { parseDecisionId } from '../../core/decisions/decision-id.ts';
import { newProfile, type StoredProfile } from '../../core/profile/stored-profile.ts';
import { DAY, HOUR, SECOND } from '../support/clock.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../support/http-event.ts';
import { handMadeModels } from '../support/user-models.ts';

const MINUTE = 60 * SECOND;

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const ask = (userId: string, claims = asUser(userId)) =>
  engine.call('getWorkflowOptimizations', { params: { userId }, claims });

/** A visit a day, from three hours ago on, an action every two minutes. */
const visits = (count: number, actions: string[]) =>
  Array.from({ length: count }, (_, day) =>
    actions.map((feature, i) => ({
      type: 'use',
      feature,
      occurredAt: engine.clock.iso(-3 * HOUR - day * DAY + i * 2 * MINUTE),
    })),
  ).flat();

const track = async (sub: string, interactions: object[]) => {
  await engine.good('trackInteractions', { body: { interactions }, claims: asUser(sub) });
  expect(await engine.drainQueue()).toBe(0);
};

/** The id that names the trace in the table: without the sealed user. */
const bareId = (decisionId: string) => parseDecisionId(decisionId)?.bare;

const optOut = async (userId: string) => {
  const store = profileStore(engine.database);
  const profile: StoredProfile = (await store.get(userId)) ?? newProfile(userId, 0);
  const privacy = { ...profile.privacy, optOut: true };
  await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
};

describe('GET /personalization/workflow-optimizations/{userId}', () => {
  it('tells what is repeated, what follows and what could be shorter, with reasons and provenance', async () => {
    await engine.good('updateProfile', {
      body: { timezone: 'Asia/Tokyo' },
      params: { userId: 'ada' },
      claims: asUser('ada'),
    });
    await track('ada', [
      ...visits(20, ['search', 'filter', 'sort', 'export']),
      { type: 'use', feature: 'search', occurredAt: engine.clock.iso(-2 * MINUTE) },
      { type: 'use', feature: 'filter', occurredAt: engine.clock.iso(-MINUTE) },
    ]);
    const { status, body } = await ask('ada');
    expect(status).toBe(200);
    const hour = (new Date(engine.clock.iso(-3 * HOUR)).getUTCHours() + 9) % 24;
    expect(body.sequences[0]).toMatchObject({
      sequence: ['search', 'filter', 'sort', 'export'],
      support: 20,
      visits: 20,
      next: null,
      usualHour: hour,
      reason: expect.stringMatching(/^Came up 20 times in 20 visits/),
    });
    expect(body.nextSteps[0]).toMatchObject({
      action: 'sort',
      reason: expect.stringMatching(/after filter$/),
    });
    expect(body.shortcuts[0]).toMatchObject({
      from: 'search',
      to: 'export',
      skips: ['filter', 'sort'],
      secondsSaved: 240,
    });
    expect(body).toMatchObject({
      userId: 'ada',
      timezone: 'Asia/Tokyo',
      source: 'computed',
      basis: { actions: 82 },
    });
    expect(body.decisionId).toMatch(/^[0-9a-f]{6}\.[0-9A-Z]{26}\.[A-Za-z0-9_-]{12}$/);
  });

  it('keeps one trace while it says the same, and sees the next action at once', async () => {
    const [first, before] = [await ask('ada'), await engine.scan()];
    expect((await ask('ada')).body.decisionId).toBe(first.body.decisionId);
    expect(await engine.scan()).toEqual(before);
    expect([...before.keys()]).toContain(`USER#ada DECISION#${bareId(first.body.decisionId)}`);
    await engine.good('trackInteraction', { body: { type: 'use', feature: 'sort' }, claims: asUser('ada') });
    const { body } = await ask('ada');
    expect(body.nextSteps[0].action).toBe('export');
    expect(body.decisionId).not.toBe(first.body.decisionId);
  });

  it('agrees with the profile where the profile knows as much', async () => {
    await track('bob', visits(4, ['open', 'edit', 'save']));
    const { body } = await ask('bob');
    const profile = await engine.good('getProfile', { params: { userId: 'bob' }, claims: asUser('bob') });
    const plain = ({ reason: _, ...element }: { reason: string }) => element;
    expect(body.sequences.map(plain)).toEqual(profile.workflowPatterns);
    expect(body.nextSteps.map(plain)).toEqual(profile.nextActions);
  });

  it('says why it has nothing for somebody never seen, and stores nothing', async () => {
    const before = await engine.scan();
    const { status, body } = await ask('nobody');
    expect([status, body.reason]).toEqual([200, 'No actions of this user are stored yet']);
    expect(body).toMatchObject({
      sequences: [],
      nextSteps: [],
      bestHours: [],
      shortcuts: [],
      source: 'fallback',
    });
    expect(await engine.scan()).toEqual(before);
  });

  it('reads and writes nothing of a user who opted out, and forgets after a reset', async () => {
    await track('cat', visits(4, ['open', 'edit', 'save']));
    await optOut('cat');
    const before = await engine.scan();
    const { body } = await ask('cat');
    expect(body).toMatchObject({ sequences: [], nextSteps: [], source: 'fallback', basis: { actions: 0 } });
    expect(body.reason).toMatch(/opted out/);
    expect(await engine.scan()).toEqual(before);
    await engine.good('resetProfile', { params: { userId: 'bob' }, claims: asUser('bob') });
    expect((await ask('bob')).body).toMatchObject({ sequences: [], source: 'fallback' });
  });

  it('is for the user, services and admins only', async () => {
    expectProblem(await ask('ada', asUser('bob')), 'forbidden');
    expect((await ask('ada', asService())).status).toBe(200);
    expect((await ask('ada', asAdmin())).status).toBe(200);
    expectProblem(await ask('a b', asAdmin()), 'validation');
  });

  it('looks at 300 actions of 79 pages at most', async () => {
    await track('dan', visits(120, ['a', 'b', 'c']));
    expect((await ask('dan')).body.basis.actions).toBe(300);
    for (let i = 0; i < 90; i += 1) {
      await engine.good('trackInteraction', {
        body: { type: 'use', feature: `f-${i % 3}` },
        claims: asUser('eve'),
      });
    }
    expect((await ask('eve')).body.basis.actions).toBe(79);
  });
});

describe('the learned models of users', () => {
  it('answer on the profile once they are in service, for those who allow it', async () => {
    const profileOf = (userId: string) =>
      engine.good('getProfile', { params: { userId }, claims: asUser(userId) });
    await track('fay', visits(5, ['open', 'edit', 'save']));
    expect(await profileOf('fay')).toMatchObject({
      churn: { method: 'rule', detail: 'by rule: no model of users is trained yet' },
      lifetimeValue: { method: 'rule' },
    });
    await modelStore(engine.database).putUserModels(handMadeModels);
    engine.clock.advance(2 * MINUTE);
    expect(await profileOf('fay')).toMatchObject({
      churn: {
        method: 'model',
        factors: expect.arrayContaining([expect.objectContaining({ factor: 'average' })]),
      },
      learnedSegment: { name: expect.stringMatching(/./), method: 'model' },
    });
    await optOut('fay');
    const hidden = await profileOf('fay');
    expect(hidden.churn).toMatchObject({ method: 'rule', detail: expect.stringMatching(/does not allow/) });
    expect(hidden.learnedSegment).toBeUndefined();
  });
});
