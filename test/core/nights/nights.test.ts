import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelStore } from '../../../adapters/dynamodb/stores/model-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { s3Client } from '../../../adapters/objects/client.ts';
import { objectStore } from '../../../adapters/objects/object-store.ts';
import { keys } from '../../../core/nights/keys.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { DAY, HOUR, SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

const GROUPS = 4;
const ITEMS_OF_GROUP = 12;
const USERS_OF_GROUP = 8;
const SEEN = 6;
/** One user opted out. */
const UNWILLING = 'u3-7';
const WILLING = GROUPS * USERS_OF_GROUP - 1;

const itemOf = (group: number, at: number) => `g${group}-${at % ITEMS_OF_GROUP}`;
const userOf = (group: number, at: number) => `u${group}-${at}`;
const range = (length: number) => Array.from({ length }, (_, at) => at);

/** Users of a group view items of that group only; texts say nothing about it. */
const items = range(GROUPS).flatMap((group) =>
  range(ITEMS_OF_GROUP).map((at) => ({
    itemId: itemOf(group, at),
    type: 'thing',
    title: `Thing ${at} of ${group}`,
  })),
);
const history = (occurredAt: (at: number) => string) =>
  range(GROUPS).flatMap((group) =>
    range(USERS_OF_GROUP).flatMap((user) =>
      range(SEEN).map((at) => ({
        interactionId: `old-${at}`,
        userId: userOf(group, user),
        type: 'view',
        contentId: itemOf(group, user + at),
        occurredAt: occurredAt(at),
      })),
    ),
  );

let engine: Engine;
let results: Record<string, unknown[]>;

const bulk = async (interactions: object[]) => {
  await engine.good('trackInteractions', { body: { interactions }, claims: asService() });
  expect(await engine.drainQueue()).toBe(0);
};
const models = () => modelStore(engine.database);
const objects = () => objectStore({ client: s3Client(), bucket: 'attune-test' });
const sum = (counts: unknown[], name: string) =>
  (counts as Record<string, number>[]).reduce((total, count) => total + count[name]!, 0);

const recommended = async (userId: string, query: Record<string, string> = {}) => {
  const { body, headers } = await engine.call('getRecommendations', {
    params: { userId },
    query,
    claims: asUser(userId),
  });
  const ids: string[] = body.map(({ contentId }: { contentId: string }) => contentId);
  return { ids, source: headers['Attune-Source'], rung: headers['Attune-Rung'] };
};

const linesOf = async (key: string) => {
  const lines: { u: string; i: string; t: number }[] = [];
  for await (const line of objects().readJsonLines(key)) lines.push(line as never);
  return lines;
};
const linesBelow = async (prefix: string) =>
  (await Promise.all((await objects().list(prefix)).map(linesOf))).flat();
const exported = (runId: string) => linesBelow(`exports/${runId}/interactions-`);

beforeAll(async () => {
  engine = await startEngine();
  await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
  const old = history((at) => new Date(engine.clock.now() - 20 * DAY - at * HOUR).toISOString());
  await bulk(old);
  await bulk(old.slice(0, 50));
  const profiles = profileStore(engine.database);
  const left = newProfile(UNWILLING, engine.clock.now());
  await profiles.put({ ...left, privacy: { ...left.privacy, optOut: true }, version: 1 }, 0);
  results = await engine.runJob('retrain', 'run-1');
  engine.clock.advance(61 * SECOND);
});
afterAll(() => engine.close());

describe('a night', () => {
  it('exports each interaction once, however often it was delivered', async () => {
    const rows = WILLING * SEEN;
    expect([sum(results.export!, 'interactions'), sum(results.export!, 'users')]).toEqual([rows, WILLING]);
    const lines = await exported('run-1');
    expect(new Set(lines.map(({ u, i, t }) => `${u} ${i} ${t}`)).size).toBe(rows);
  });

  it('knows users by pseudonym in training data, and leaves out who opted out', async () => {
    const [rows, users, active] = [
      await exported('run-1'),
      await linesBelow('exports/run-1/users-'),
      await linesBelow('exports/run-1/active-'),
    ];
    const everyone = range(GROUPS).flatMap((group) => range(USERS_OF_GROUP).map((at) => userOf(group, at)));
    const text = JSON.stringify([rows, users]);
    expect(everyone.filter((userId) => text.includes(`"${userId}"`))).toEqual([]);
    expect(new Set(rows.map(({ u }) => u))).toEqual(new Set(users.map(({ u }) => u)));
    expect(active.map(({ u }) => u).sort()).toEqual(everyone.filter((userId) => userId !== UNWILLING).sort());
  });

  it('trains on all of them and puts version 1 in service', async () => {
    const counts = { users: WILLING, items: GROUPS * ITEMS_OF_GROUP };
    expect(results.train).toMatchObject([{ version: 1, ...counts }]);
    expect(await models().getModel()).toMatchObject({ version: 1, counts, notes: { runId: 'run-1' } });
    expect(sum(results.publish!, 'items')).toBe(counts.items);
    expect(results.promote).toMatchObject([{ decision: 'promoted', version: 1 }]);
  });

  it('finds what belongs together: users get what their group looks at', async () => {
    const { ids, rung } = await recommended(userOf(1, 0), { limit: '5' });
    expect(rung).toBe('personalised hybrid');
    expect(ids.every((id) => id.startsWith('g1-'))).toBe(true);
  });

  it('makes the newcomer an answer of what is popular', async () => {
    expect((await recommended('newcomer')).rung).toBe('popular');
  });

  it('precomputes for every active user who did not opt out', async () => {
    expect(sum(results.precompute!, 'users')).toBe(WILLING);
    expect((await recommended(UNWILLING, { limit: '5' })).source).toBe('fallback');
  });
});

describe('a precomputed answer', () => {
  it('is served until the next interaction, and says the same as the computed one', async () => {
    const userId = userOf(0, 1);
    const ready = await recommended(userId, { limit: '10' });
    expect(ready.source).toBe('precomputed');
    const computed = await engine.good('requestRecommendations', {
      body: { options: { limit: 10, include_seen: false, exclude: ['g3-11'], types: ['thing'] } },
      claims: asUser(userId),
    });
    expect(computed.source).toBe('computed');
    expect(
      computed.recommendations
        .map(({ contentId }: { contentId: string }) => contentId)
        .filter((id: string) => id !== 'g3-11'),
    ).toEqual(expect.arrayContaining(ready.ids.filter((id) => id !== 'g3-11').slice(0, 9)));
    const clicked = ready.ids[0]!;
    await engine.good('trackInteraction', {
      body: { type: 'click', contentId: clicked },
      claims: asUser(userId),
    });
    const next = await recommended(userId, { limit: '10' });
    expect([next.source, next.ids.includes(clicked)]).toEqual(['computed', false]);
  });

  it('pages on beyond its own end', async () => {
    const seen: string[] = [];
    const sources = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await engine.good('requestRecommendations', {
        body: { options: { limit: 10, cursor } },
        claims: asUser(userOf(2, 2)),
      });
      seen.push(...page.recommendations.map(({ contentId }: { contentId: string }) => contentId));
      sources.add(page.source);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(sources).toEqual(new Set(['precomputed', 'computed']));
    expect(seen).toHaveLength(GROUPS * ITEMS_OF_GROUP - SEEN);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('ends with a change of the profile, and comes back with the next precomputation', async () => {
    const userId = userOf(2, 3);
    await engine.good('upsertProfile', { body: { interests: ['things'] }, claims: asUser(userId) });
    expect((await recommended(userId, { limit: '5' })).source).toBe('computed');
    engine.clock.advance(SECOND);
    await engine.runJob('precompute', 'afternoon');
    expect((await recommended(userId, { limit: '5' })).source).toBe('precomputed');
  });

  it('is told of where other items stand at its top, and only then', async () => {
    const userId = userOf(2, 4);
    const request = { params: { userId }, claims: asUser(userId) };
    const told = async () => {
      const { updates } = await engine.good('getRealtimeUpdates', request);
      return updates.filter(({ kind }: { kind: string }) => kind === 'recommendations').length;
    };
    const before = await told();
    expect(before).toBeGreaterThan(0);
    engine.clock.advance(SECOND);
    await engine.runJob('precompute', 'evening');
    expect(await told()).toBe(before);
    const { ids } = await recommended(userId, { limit: '5' });
    const body = { type: 'complete', contentId: ids[0], occurredAt: engine.clock.iso(-2 * DAY) };
    await engine.good('trackInteraction', { body, claims: asUser(userId) });
    engine.clock.advance(SECOND);
    await engine.runJob('precompute', 'night');
    expect(await told()).toBe(before + 1);
  });

  it('names no item that was deleted or has expired since', async () => {
    const userId = userOf(1, 3);
    const before = await recommended(userId, { limit: '5' });
    const [gone, over] = before.ids as [string, string];
    await engine.good('deleteCatalogItem', { params: { itemId: gone }, claims: asAdmin() });
    const body = { type: 'thing', title: 'Over', expiresAt: engine.clock.iso(-SECOND) };
    await engine.good('putCatalogItem', { params: { itemId: over }, body, claims: asAdmin() });
    engine.clock.advance(6 * SECOND);
    const after = await recommended(userId, { limit: '5' });
    expect([after.ids.length, after.ids.includes(gone), after.ids.includes(over)]).toEqual([5, false, false]);
  });
});

describe('what is trending', () => {
  const ranking = async () => (await models().getRanking('trending'))?.items;

  it('is nothing after an import of old data', async () => {
    await engine.runJob('trending', 'hour-1');
    const risen = (await ranking())!.filter(({ itemId }) => itemId.startsWith('g'));
    // One click of a test above is the only thing that happened today.
    expect(risen.length).toBeLessThanOrEqual(1);
  });

  it('is what is looked at now, the same in a second run, and after the hour is over', async () => {
    const views = range(12).map((at) => ({
      userId: `fan-${at}`,
      type: 'view',
      contentId: at < 9 ? 'g0-5' : 'g1-7',
    }));
    await bulk(views);
    await engine.runJob('trending', 'hour-2');
    const first = await ranking();
    expect(first?.slice(0, 2).map(({ itemId, count }) => [itemId, count])).toEqual([
      ['g0-5', 9],
      ['g1-7', 3],
    ]);
    await engine.runJob('trending', 'hour-2-again');
    expect(await ranking()).toEqual(first);
    engine.clock.advance(3 * HOUR);
    await engine.runJob('trending', 'hour-5');
    const later = await ranking();
    expect(later?.[0]).toMatchObject({ itemId: 'g0-5', count: 9 });
    await engine.runJob('trending', 'hour-5-again');
    expect(await ranking()).toEqual(later);
    engine.clock.advance(61 * SECOND);
    const { ids, rung } = await recommended('another-newcomer', { type: 'trending', limit: '2' });
    expect([ids, rung]).toEqual([['g0-5', 'g1-7'], 'trending']);
  });
});

describe('the next night', () => {
  it('raises the version, and nobody is served from the lists of the one before', async () => {
    const rows = await exported('run-1');
    const next = await engine.runJob('retrain', 'run-2');
    expect(next.train).toMatchObject([{ version: 2 }]);
    expect(await models().getModel()).toMatchObject({ version: 2 });
    expect((await exported('run-2')).length).toBeGreaterThanOrEqual(rows.length);
    engine.clock.advance(61 * SECOND);
    expect((await recommended(userOf(0, 4), { limit: '5' })).source).toBe('precomputed');
  });

  it('that fails in training leaves the model in service', async () => {
    const before = await models().getModel();
    const shard = { runId: 'run-3', shard: 0, shards: 1 };
    await engine.invoke('jobs/export.ts', shard);
    const Key = keys.interactions('run-3', 0);
    await s3Client().send(new PutObjectCommand({ Bucket: 'attune-test', Key, Body: Buffer.from('cut off') }));
    await expect(engine.invoke('jobs/train.ts', shard)).rejects.toThrow();
    for (const step of ['publish', 'promote'])
      await expect(engine.invoke(`jobs/${step}.ts`, shard)).rejects.toThrow('run-3');
    expect(await models().getModel()).toEqual(before);
    engine.clock.advance(61 * SECOND);
    expect((await recommended(userOf(0, 4), { limit: '5' })).source).toBe('precomputed');
  });

  it('that is run again after a failure half-way ends as if it had run once', async () => {
    const shard = { runId: 'run-4', shard: 0, shards: 1 };
    for (const step of [
      'export',
      'export',
      'train',
      'publish',
      'train',
      'publish',
      'publish',
      'promote',
      'promote',
    ])
      await engine.invoke(`jobs/${step}.ts`, shard);
    expect(await models().getModel()).toMatchObject({ version: 3, notes: { runId: 'run-4' } });
    expect((await exported('run-4')).length).toBe((await exported('run-2')).length);
  });
});
