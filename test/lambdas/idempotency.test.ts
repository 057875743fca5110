import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../support/http-event.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
  const items = [{ itemId: 'course-1', type: 'course', title: 'One' }];
  await engine.call('putCatalogItems', { body: { items }, claims: asAdmin() });
});
afterAll(() => engine.close());

const use = (feature: string, key: string, sub = 'ada') =>
  engine.call('recordFeatureUsage', {
    body: { feature },
    headers: { 'idempotency-key': key },
    claims: asUser(sub),
  });

const uses = async (sub: string) =>
  (await engine.call('listFrequentFeatures', { params: { userId: sub }, claims: asUser(sub) })).body.counts;

/** Makes a kept answer into an attempt that began so long ago and never answered: its Lambda died after the work. */
const dieAfterTheWork = async (
  caller: string,
  key: string,
  agoMs: number,
  firstAt = engine.clock.now() - agoMs,
) => {
  const { client, tableName } = engine.database;
  const Key = marshall({ PK: `IDEMPOTENCY#${caller}#${key}`, SK: 'IDEMPOTENCY' });
  await client.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key,
      UpdateExpression:
        'SET #s = :s, startedAt = :at, firstAt = if_not_exists(firstAt, :first) REMOVE answer',
      ConditionExpression: 'attribute_exists(PK)',
      ExpressionAttributeNames: { '#s': 'status' },
      ExpressionAttributeValues: marshall({
        ':s': 'in progress',
        ':at': engine.clock.now() - agoMs,
        ':first': firstAt,
      }),
    }),
  );
};

describe('a POST with an Idempotency-Key', () => {
  it('is done once: a repeat gets the same answer', async () => {
    const [first, second] = [await use('search', 'once'), await use('search', 'once')];
    expect(first.status).toBe(202);
    expect([second.status, second.text, second.headers]).toEqual([first.status, first.text, first.headers]);
    expect(await uses('ada')).toEqual({ search: 1 });
  });

  it('is a conflict with another body, another user or another query, and changes nothing', async () => {
    await use('export', 'other-body', 'bob');
    const before = await engine.scan();
    expectProblem(await use('import', 'other-body', 'bob'), 'conflict');
    expect(await engine.scan()).toEqual(before);
    const headers = { 'idempotency-key': 'for-users' };
    const as = (userId: string) =>
      engine.call('recordFeatureUsage', { body: { feature: 'x', userId }, headers, claims: asService() });
    expect((await as('u1')).status).toBe(202);
    expectProblem(await as('u2'), 'conflict');
    const byHeader = (userId: string) =>
      engine.call('recordFeatureUsage', {
        body: { feature: 'x' },
        headers: { 'idempotency-key': 'by-header', 'x-user-id': userId },
        claims: asService(),
      });
    expect((await byHeader('u1')).status).toBe(202);
    expectProblem(await byHeader('u2'), 'conflict');
  });

  it('is free for another caller and another operation', async () => {
    expect((await use('search', 'shared', 'eve')).status).toBe(202);
    expect((await use('browse', 'shared', 'fay')).status).toBe(202);
    const headers = { 'idempotency-key': 'shared' };
    const other = await engine.call('recordContentPreference', {
      body: { contentType: 'video', success: true },
      headers,
      claims: asUser('eve'),
    });
    expect(other.status).toBe(200);
  });

  it('is a conflict while the first is at work, and free again a minute after it died', async () => {
    const { body } = await use('search', 'died', 'gil');
    await dieAfterTheWork('user:gil', 'recordFeatureUsage:died', 1_000);
    expectProblem(await use('search', 'died', 'gil'), 'conflict');
    await dieAfterTheWork('user:gil', 'recordFeatureUsage:died', 61_000);
    const again = await use('search', 'died', 'gil');
    expect([again.status, again.body.interactionId]).toEqual([202, body.interactionId]);
    expect(await uses('gil')).toEqual({ search: 1 });
  });

  it('counts a bulk call once that died after it was queued', async () => {
    const bulk = () =>
      engine.call('trackInteractions', {
        body: { interactions: Array(3).fill({ type: 'feature_use', feature: 'bulk' }) },
        headers: { 'idempotency-key': 'bulk' },
        claims: asUser('hal'),
      });
    const first = await bulk();
    await dieAfterTheWork('user:hal', 'trackInteractions:bulk', 61_000);
    engine.clock.advance(5_000);
    const second = await bulk();
    expect(second.body.batchId).toBe(first.body.batchId);
    expect(await engine.drainQueue()).toBe(0);
    expect(await uses('hal')).toEqual({ bulk: 3 });
  });

  it('makes one learning path that died after it was stored, also with a long break, and none of other words', async () => {
    const create = (title: string) =>
      engine.call('createLearningPath', {
        body: {
          title,
          topic: 'go',
          level: 'beginner',
          modules: [{ id: 'a', title: 'A', type: 'video', duration: 60 }],
        },
        headers: { 'idempotency-key': 'path' },
        claims: asUser('pia'),
      });
    const first = await create('One');
    const begunAt = Date.parse(first.body.createdAt);
    expect(first.status).toBe(201);
    for (const _ of [1, 2]) {
      await dieAfterTheWork('user:pia', 'createLearningPath:path', 61_000, begunAt);
      engine.clock.advance(3_600_000);
      const again = await create('One');
      expect([again.status, again.body.pathId, again.body.createdAt]).toEqual([
        201,
        first.body.pathId,
        first.body.createdAt,
      ]);
    }
    await dieAfterTheWork('user:pia', 'createLearningPath:path', 61_000, begunAt);
    expectProblem(await create('Two'), 'conflict');
    const list = await engine.good('listLearningPaths', { claims: asUser('pia') });
    expect(list.items.map(({ title }: { title: string }) => title)).toEqual(['One']);
  });

  it('may be tried again after it was refused, also with a better body', async () => {
    const claims = asUser('ida');
    const headers = { 'idempotency-key': 'refused' };
    const before = await engine.scan();
    const body = { recommendationId: 'unknown', feedback: 'clicked' };
    const params = { userId: 'ida' };
    expectProblem(
      await engine.call('recordRecommendationFeedback', { params, body, headers, claims }),
      'not-found',
    );
    expect(await engine.scan()).toEqual(before);
    const better = { ...body, contentId: 'course-1' };
    const answer = await engine.call('recordRecommendationFeedback', {
      params,
      body: better,
      headers,
      claims,
    });
    expect(answer.status).toBe(201);
  });

  it('runs once of many at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => use('race', 'race', 'jan')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(1);
    expect(statuses.every((status) => status === 202 || status === 409)).toBe(true);
    expect(await uses('jan')).toEqual({ race: 1 });
  });

  it('is forgotten by the table after a day', async () => {
    await use('search', 'ttl', 'kim');
    const { Items } = await engine.database.client.send(
      new QueryCommand({
        TableName: engine.database.tableName,
        KeyConditionExpression: 'PK = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'IDEMPOTENCY#user:kim#recordFeatureUsage:ttl' } },
      }),
    );
    const hours = (Number(Items?.[0]?.ttl?.N) * 1_000 - engine.clock.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThan(24.1);
  });
});

describe('an interaction with its own id', () => {
  it('is accepted and counted once, however it comes', async () => {
    const claims = asUser('lea');
    const body = { interactionId: 'mine', type: 'feature_use', feature: 'own-id' };
    const first = await engine.call('trackInteraction', { body, claims });
    const second = await engine.call('trackInteraction', { body, claims });
    await engine.call('trackInteractions', { body: { interactions: [body, body] }, claims });
    expect(await engine.drainQueue()).toBe(0);
    expect([first.status, second.status, second.body.interactionId]).toEqual([201, 201, 'mine']);
    expect(await uses('lea')).toEqual({ 'own-id': 1 });
  });
});
