import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelStore } from '../../../adapters/dynamodb/stores/model-store.ts';
import { s3Client } from '../../../adapters/objects/client.ts';
import { keys } from '../../../core/nights/keys.ts';
import { DAY, HOUR, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

const USERS = 40;
const range = (length: number) => Array.from({ length }, (_, at) => at);

let engine: Engine;
const models = () => modelStore(engine.database);

/** Users stay within one of four groups of items; every round is newer than the one before. */
const interactions = (round: number) =>
  range(USERS).flatMap((user) =>
    range(5).map((at) => ({
      interactionId: `${round}-${at}`,
      userId: `user-${user}`,
      type: 'view',
      contentId: `g${user % 4}-${(user + round * 5 + at) % 60}`,
      occurredAt: new Date(engine.clock.now() - DAY + at * HOUR).toISOString(),
    })),
  );

const nightOf = async (round: number) => {
  const body = { interactions: interactions(round) };
  await engine.good('trackInteractions', { body, claims: asService() });
  await engine.drainQueue();
  const results = await engine.runJob('retrain', `night-${round}`);
  engine.clock.advance(DAY);
  return results;
};

const cards = async (query: Record<string, string> = {}) =>
  engine.good('listModels', { query, claims: asAdmin() });
const restore = (version: number, claims = asAdmin()) =>
  engine.call('restoreModel', { params: { version: String(version) }, claims });
const served = async () => {
  engine.clock.advance(61 * SECOND);
  const { body } = await engine.call('getRecommendations', {
    params: { userId: 'user-1' },
    query: { limit: '5' },
    claims: asUser('user-1'),
  });
  return body.map(({ contentId }: { contentId: string }) => contentId) as string[];
};

beforeAll(async () => {
  engine = await startEngine();
  const items = range(4).flatMap((group) =>
    range(60).map((at) => ({ itemId: `g${group}-${at}`, type: 'thing', title: `Thing ${at} of ${group}` })),
  );
  await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
});
afterAll(() => engine.close());

describe('the list of models', () => {
  it('is empty with a reason before the first night', async () => {
    expect(await cards()).toEqual({ items: [], nextCursor: null, reason: 'No model was trained yet' });
    expectProblem(await restore(1), 'conflict');
  });

  it('says of each night what was trained, on what, how good beside the baseline, promoted or not and why', async () => {
    await nightOf(1);
    const { items } = await cards();
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      runId: 'night-1',
      version: 1,
      decision: 'promoted',
      inService: true,
      restorable: false,
      engine: 'lambda',
      data: { users: USERS, leftOut: { consent: 0 }, skipped: { unreadable: 0 } },
    });
    expect(items[0].reason).toContain('popularity');
    const [hybrid] = items[0].models;
    expect(hybrid).toMatchObject({ name: 'hybrid', promoted: true, baseline: { name: 'popularity' } });
    for (const name of ['hr@10', 'ndcg@10', 'precision@10', 'recall@10', 'f1@10', 'coverage'])
      expect(hybrid.metrics[name]).toEqual(expect.any(Number));
    expect(items[0].models.map(({ name }: { name: string }) => name)).toEqual([
      'hybrid',
      'collaborative',
      'sequential',
      'content',
      'segments',
      'churn',
      'lifetime',
      'preference',
    ]);
  });

  it('is for administrators', async () => {
    expect((await engine.call('listModels', { claims: asUser('ada') })).status).toBe(403);
    expect((await engine.call('listModels', { claims: asService() })).status).toBe(403);
    expect((await restore(1, asUser('ada'))).status).toBe(403);
  });
});

describe('the last three versions', () => {
  it('are kept, each measured against the one in service', async () => {
    for (const round of [2, 3, 4]) await nightOf(round);
    const { items, nextCursor } = await cards({ limit: '2' });
    expect(items.map(({ version }: { version: number }) => version)).toEqual([4, 3]);
    expect(items[0].models[0].inService).toMatchObject({ version: 3 });
    const rest = await cards({ limit: '2', cursor: nextCursor });
    expect(
      [...items, ...rest.items].map(({ version, restorable }: { version: number; restorable: boolean }) => [
        version,
        restorable,
      ]),
    ).toEqual([
      [4, false],
      [3, true],
      [2, true],
      [1, false],
    ]);
  });

  it('go back into service by one call, lists and rankings and all; a repeat changes nothing', async () => {
    const before = await served();
    const popular = (await models().getRanking('popular'))?.items;
    expect((await restore(2)).body).toEqual({ version: 2, instead: 4, changed: true });
    expect((await restore(2)).body).toEqual({ version: 2, instead: 2, changed: false });
    expect(await models().getModel()).toMatchObject({ version: 2, notes: { runId: 'night-2' } });
    expect((await models().getRanking('popular'))?.items).not.toEqual(popular);
    expect((await served()).every((id) => id.startsWith('g1-'))).toBe(true);
    const { items } = await cards();
    expect(items.find(({ inService }: { inService: boolean }) => inService).version).toBe(2);
    expect((await restore(4)).body).toEqual({ version: 4, instead: 2, changed: true });
    expect((await models().getRanking('popular'))?.items).toEqual(popular);
    expect(await served()).toEqual(before);
  });

  it('refuse what never was, and what is no longer kept', async () => {
    expect((await restore(99)).status).toBe(404);
    const gone = await restore(1);
    expect([gone.status, gone.body.detail]).toEqual([409, expect.stringContaining('no longer kept')]);
    expect((await engine.call('restoreModel', { params: { version: 'x' }, claims: asAdmin() })).status).toBe(
      400,
    );
  });

  it('stay whole when the next night follows a rollback', async () => {
    await restore(2);
    const before = await served();
    const results = await nightOf(5);
    expect(results.promote).toMatchObject([{ decision: 'promoted', version: 6 }]);
    expect((await restore(2)).body).toMatchObject({ changed: true });
    expect((await served()).every((id) => id.startsWith('g1-'))).toBe(true);
    expect(before.length).toBeGreaterThan(0);
    expect((await restore(6)).body).toMatchObject({ changed: true });
  });
});

describe('a night that fails', () => {
  it('has a card with the reason, and the model in service stays', async () => {
    const before = await models().getModel();
    const Key = keys.interactions('night-6', 3);
    const spoiled = async () => {
      await engine.invoke('jobs/plan.ts', { runId: 'night-6', shard: 0, shards: 1 });
      for (const shard of range(8))
        await engine.invoke('jobs/export.ts', { runId: 'night-6', shard, shards: 8 });
      await s3Client().send(
        new PutObjectCommand({ Bucket: 'attune-test', Key, Body: Buffer.from('cut off') }),
      );
      await engine.invoke('jobs/size.ts', { runId: 'night-6', shard: 0, shards: 1 });
      await engine.invoke('jobs/train.ts', { runId: 'night-6', shard: 0, shards: 1 });
    };
    const error: Error = await spoiled().then(
      () => new Error('nothing failed'),
      (thrown) => thrown,
    );
    expect(error.message).toContain('interactions-3.jsonl.gz is cut off or corrupt');
    const failure = { Error: error.name, Cause: error.message };
    await engine.invoke('jobs/fail.ts', { runId: 'night-6', shard: 0, shards: 1, failure });
    const { items } = await cards({ limit: '1' });
    expect(items[0]).toMatchObject({
      runId: 'night-6',
      version: null,
      decision: 'failed',
      inService: false,
      reason: expect.stringContaining('interactions-3.jsonl.gz'),
    });
    expect(await models().getModel()).toEqual(before);
    expect((await served()).length).toBe(5);
  });
});
