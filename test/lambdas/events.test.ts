import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { learningPathStore } from '../../adapters/dynamodb/stores/learning-path-store.ts';
import { endpoints, handlerFile } from '../../contracts/registry.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { asUser } from '../support/http-event.ts';

const folder = new URL('../../events/', import.meta.url);
const sample = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const http = async (file: string) => {
  const answer = (await engine.invoke(`api/${file}.ts`, sample(`http/${file}.json`))) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
  };
  return { ...answer, json: JSON.parse(answer.body) };
};

describe('a request of API Gateway', () => {
  const files = readdirSync(new URL('http/', folder)).map((file) => file.replace('.json', ''));

  it.each(files)('%s is for the route of that operation', (file) => {
    const endpoint = endpoints.find(({ operationId }) => handlerFile(operationId) === file);
    const keys = endpoint?.routes.map(({ method, path }) => `${method} /api${path}`);
    expect(keys).toContain(sample(`http/${file}.json`).routeKey);
  });

  it('fills the catalogue, tells of the user, tracks one and many, and is answered with recommendations', async () => {
    expect(await http('put-catalog-items')).toMatchObject({
      statusCode: 200,
      json: { accepted: 2, rejected: [] },
    });
    expect(await http('upsert-profile')).toMatchObject({ statusCode: 200, json: { profileId: 'ada' } });
    const tracked = await http('track-interaction');
    expect(tracked.statusCode).toBe(201);
    expect((await http('track-interaction')).json).toEqual(tracked.json);
    const many = await http('track-interactions');
    expect(many).toMatchObject({ statusCode: 202, json: { accepted: 2, rejected: [{ index: 2 }] } });
    expect(await engine.drainQueue()).toBe(0);
    const found = await http('get-recommendations');
    expect([found.statusCode, found.json.map(({ contentId }: { contentId: string }) => contentId)]).toEqual([
      200,
      ['course-102'],
    ]);
    expect(found.headers['Attune-Decision-Id']).toBeTruthy();
    const config = await http('decide-config');
    expect(config).toMatchObject({
      statusCode: 200,
      json: { segments: [{ name: 'new_user' }], source: 'computed' },
    });
    expect(config.headers.etag).toBeTruthy();
  });

  it('asks for the texts of a page, and for what is new', async () => {
    const page = await http('get-dashboard');
    expect(page).toMatchObject({ statusCode: 200, json: { userId: 'ada', writtenBy: 'rules' } });
    expect((await http('get-insights')).json.facts.length).toBeGreaterThan(0);
    expect((await http('suggest')).json.suggestions.length).toBeGreaterThan(0);
    expect(await http('get-realtime-updates')).toMatchObject({ statusCode: 200, json: { updates: [] } });
  });

  it('asks for the achievements; a locked one is neither claimed nor given as a badge', async () => {
    const { statusCode, json } = await http('get-achievements');
    expect([statusCode, json.streak.length, json.achievements.length]).toEqual([200, 1, 10]);
    for (const file of ['claim-achievement', 'get-badge'])
      expect(await http(file)).toMatchObject({ statusCode: 409, json: { type: 'conflict' } });
  });

  it('makes a learning path, moves on in one, and lists them', async () => {
    const made = await http('create-learning-path');
    const order = made.json.modules.map(({ id }: { id: string }) => id);
    expect([made.statusCode, order]).toEqual([201, ['types', 'check', 'build']]);
    const path = JSON.parse(sample('http/create-learning-path.json').body);
    const { pathId } = sample('http/get-learning-path.json').pathParameters;
    const owner = { userId: 'ada', pathId, createdAt: engine.clock.now() };
    await learningPathStore(engine.database).create({ ...path, ...owner });
    expect(await http('put-progress')).toMatchObject({ statusCode: 200, json: { nextModule: 'check' } });
    expect((await http('get-learning-path')).json).toMatchObject({ progress: { completed: 1, total: 3 } });
    expect((await http('list-learning-paths')).json.items).toHaveLength(2);
  });

  it('asks for the health without a token', async () => {
    const { statusCode, json } = await http('get-health');
    expect([statusCode, json.status, json.checks]).toEqual([
      200,
      'degraded',
      {
        table: { status: 'ok' },
        queue: { status: 'ok' },
        models: { status: 'degraded', detail: expect.any(String) },
      },
    ]);
  });
});

describe('a batch of the queue', () => {
  const event: SQSEvent = sample('sqs/interactions-with-a-poison-message.json');
  const poison = event.Records[1]!.messageId;
  const work = async () =>
    ((await engine.invoke('workers/interactions.ts', event)) as SQSBatchResponse).batchItemFailures;

  const interactionsOf = async (userId: string) => {
    const { body } = await engine.call('listInteractions', { params: { userId }, claims: asUser(userId) });
    return body.items.map(({ interactionId }: { interactionId: string }) => interactionId).sort();
  };

  it('fails only for the poison message; the others are counted, once each in every delivery', async () => {
    for (let delivery = 1; delivery <= 3; delivery += 1) {
      expect(await work()).toEqual([{ itemIdentifier: poison }]);
      expect(await interactionsOf('sam')).toEqual(['s-1', 's-2', 's-3']);
      expect(await interactionsOf('tom')).toEqual(['t-1']);
    }
    const { body } = await engine.call('getProfile', { params: { userId: 'sam' }, claims: asUser('sam') });
    expect(body.analytics).toMatchObject({ interactions: 3, completions: 1 });
  });

  it('of which every message is poison fails message by message', async () => {
    const bodies = [
      '',
      'no json',
      '{}',
      '[]',
      'null',
      '{"version":2,"batchId":"b","receivedAt":1,"groups":[]}',
    ];
    const Records = bodies.map((body, at) => ({ ...event.Records[0]!, messageId: `m-${at}`, body }));
    const before = await engine.scan();
    const { batchItemFailures } = (await engine.invoke('workers/interactions.ts', {
      Records,
    })) as SQSBatchResponse;
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(
      Records.map(({ messageId }) => messageId),
    );
    expect(await engine.scan()).toEqual(before);
  });
});

describe('a request for a text', () => {
  it('is done where no model is set up', async () => {
    const answer = await engine.invoke('workers/insights.ts', sample('sqs/text-request.json'));
    expect(answer).toEqual({ batchItemFailures: [] });
  });
});

describe('a step of a scheduled job', () => {
  it('works on the shard that it is given', async () => {
    expect(await engine.invoke('jobs/export.ts', sample('schedule/export-step.json'))).toMatchObject({
      shard: 0,
      users: 4,
    });
    expect(await engine.invoke('jobs/count.ts', sample('schedule/count-step.json'))).toMatchObject({
      shard: 0,
      users: 4,
    });
    expect(await engine.invoke('jobs/trending.ts', sample('schedule/trending-step.json'))).toMatchObject({
      items: expect.any(Number),
    });
    expect(
      await engine.invoke('jobs/evaluate-experiments.ts', sample('schedule/evaluate-experiments-step.json')),
    ).toEqual({ experiments: 0, evaluated: 0, users: 0, statusChanges: 0, reweighted: 0 });
  });

  it('fails for an input that is none', async () => {
    for (const input of [
      undefined,
      {},
      { runId: '../x', shard: 0, shards: 1 },
      { runId: 'r', shard: -1, shards: 1 },
      { runId: 'r', shard: 0, shards: 0 },
    ])
      await expect(engine.invoke('jobs/export.ts', input)).rejects.toThrow();
  });
});
