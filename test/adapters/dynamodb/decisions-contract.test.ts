import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  configDecisionFromItem,
  configDecisionToItem,
  configHeadsFrom,
} from '../../../adapters/dynamodb/entities/config-decision.ts';
import { decisionToItem } from '../../../adapters/dynamodb/entities/decision.ts';
import { itemBytes } from '../../../adapters/dynamodb/item-size.ts';
import { decisionStore } from '../../../adapters/dynamodb/stores/decision-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import { newConfigDecisionId, partsOfConfigId } from '../../../core/decisions/decision-id.ts';
import type { ConfigDecision, ConfigHeads } from '../../../core/decisions/ports.ts';
import { recordInteractions } from '../../../core/journal/record-interactions.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { shorterTrace } from '../../../core/recommend/serve/decision-trace.ts';
import { DAY, SECOND } from '../../support/clock.ts';
import { anyConfigDecision } from '../../support/config-traces.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { interaction, NOON } from '../../support/interactions.ts';

let table: TestTable;
let written: number[] = [];
const metered = () => ({
  ...table,
  meter: (_: string, units: number, isWrite: boolean) => {
    if (isWrite) written.push(units);
  },
});

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const whole = () => undefined;

describe('decisions', () => {
  const decision = (decisionId: string) => ({
    userId: 'ada',
    decisionId,
    decidedAt: NOON,
    body: { rung: 'popular', n: [1] },
  });

  it('are kept for 30 days and found by user and id', async () => {
    const store = decisionStore(table);
    await store.put(decision('aaaaaa.01'), whole);
    expect(await store.get('ada', 'aaaaaa.01', NOON + 29 * DAY)).toEqual(decision('aaaaaa.01'));
    expect(await store.get('ada', 'aaaaaa.01', NOON + 31 * DAY)).toBeUndefined();
    expect(await store.get('bob', 'aaaaaa.01', NOON)).toBeUndefined();
  });

  it('are listed for their user, those that have expired and those of configs left out', async () => {
    const store = decisionStore(table);
    const of = (decisionId: string) => ({ ...decision(decisionId), userId: 'lia' });
    const old = { ...of('eeeeee.01'), decidedAt: NOON - 31 * DAY };
    for (const one of [of('ffffff.01'), of('dddddd.02'), old]) await store.put(one, whole);
    expect(await store.list('lia', NOON)).toEqual([of('dddddd.02'), of('ffffff.01')]);
    expect(await store.list('li', NOON)).toEqual([]);
  });

  it('are found by context, the last one first', async () => {
    const store = decisionStore(table);
    for (const id of ['bbbbbb.01', 'bbbbbb.03', 'bbbbbb.02', 'cccccc.09'])
      await store.put(decision(id), whole);
    expect((await store.lastInContext('ada', 'bbbbbb', NOON))?.decisionId).toBe('bbbbbb.03');
    expect(await store.lastInContext('ada', 'bbbbbb', NOON + 31 * DAY)).toBeUndefined();
    expect(await store.lastInContext('ada', 'dddddd', NOON)).toBeUndefined();
  });

  it('of long lists with long ids keep as much as one write unit pays for', async () => {
    const items = Array.from({ length: 60 }, (_, n) => {
      const itemId = `${n}-${Math.sin(n + 1).toString(36)}-${Math.cos(n + 1).toString(36)}`
        .repeat(4)
        .slice(0, 128);
      return [itemId, 900 - n, { collaborative: 300 + n, content: 200, popular: 100 }] as const;
    });
    const body = { context: 'x', rung: 'newest', source: 'computed', model: 1, items };
    const trace = { userId: 'u'.repeat(128), decisionId: 'eeeeee.01', decidedAt: NOON, body };
    written = [];
    await decisionStore(metered()).put(trace, shorterTrace);
    expect(written).toEqual([1]);
    const kept = (await decisionStore(table).get(trace.userId, 'eeeeee.01', NOON))?.body as typeof body;
    expect(kept.items.length).toBeGreaterThan(2);
    expect(kept.items.map(([itemId]) => itemId)).toEqual(
      items.slice(0, kept.items.length).map(([itemId]) => itemId),
    );
  });

  it('that were packed before there was a dictionary are still read', async () => {
    const { deflateRawSync } = await import('node:zlib');
    const old = {
      ...decisionToItem(decision('ffffff.01'), whole),
      v: 1,
      body: deflateRawSync('{"rung":"old"}'),
    };
    const { putItem } = await import('../../../adapters/dynamodb/write-item.ts');
    await putItem({ database: table, name: 'test' }, old);
    expect((await decisionStore(table).get('ada', 'ffffff.01', NOON))?.body).toEqual({ rung: 'old' });
  });
});

const FACTS = {
  interactions: 3,
  skill: 'beginner',
  segments: [],
  nightPercent: 0,
  features: [],
  adopted: [0, 0, 0],
  contentTypes: [],
  stated: {},
} as const;

const config = (
  userId: string,
  context: string,
  at: number,
  earlier: ConfigHeads = new Map(),
): ConfigDecision => ({
  userId,
  decisionId: newConfigDecisionId(at, () => `X${context}`),
  decidedAt: at,
  context,
  digest: `${context}abcd`,
  earlier,
  body: { c: context, s: [1, 2, 3], f: FACTS, v: [1, null, 'x'] },
});

describe('config decisions', () => {
  const users = (at = NOON) => usersStore({ ...table, clock: () => at });
  const headsOf = async (userId: string, at = NOON) => {
    const { config: memory } = await users(at).load(userId, { parts: 'config' });
    return memory?.heads ?? new Map();
  };

  it('are found by user and id for 30 days', async () => {
    const store = decisionStore(table);
    const made = config('cfg-1', 'aaaaaa', NOON);
    await store.putConfig(made);
    const { context: _, earlier: __, ...kept } = made;
    expect(await store.get('cfg-1', made.decisionId, NOON + 29 * DAY)).toEqual(kept);
    expect(await store.get('cfg-1', made.decisionId, NOON + 31 * DAY)).toBeUndefined();
    expect(await store.get('cfg-2', made.decisionId, NOON)).toBeUndefined();
  });

  it('tell with the newest of them what was decided last in every context', async () => {
    const store = decisionStore(table);
    for (const [at, context] of ['aaaaaa', 'bbbbbb', 'aaaaaa', 'cccccc', 'dddddd', 'eeeeee'].entries())
      await store.putConfig(config('cfg-3', context, NOON + at * SECOND, await headsOf('cfg-3')));
    const heads = await headsOf('cfg-3');
    expect([...heads.keys()]).toEqual(['eeeeee', 'dddddd', 'cccccc', 'aaaaaa', 'bbbbbb']);
    for (const [context, { decisionId, digest }] of heads) {
      expect(digest).toBe(`${context}abcd`);
      expect((await store.get('cfg-3', decisionId, NOON))?.body).toMatchObject({ c: context });
    }
    expect((await headsOf('cfg-3', NOON + 30 * DAY + 2500)).size).toBe(3);
    expect((await headsOf('cfg-3', NOON + 31 * DAY)).size).toBe(0);
  });

  it('of two contexts at once are put together again', async () => {
    const store = decisionStore(table);
    await store.putConfig(config('cfg-4', 'aaaaaa', NOON));
    const seen = await headsOf('cfg-4');
    await Promise.all([
      store.putConfig(config('cfg-4', 'bbbbbb', NOON + 1, seen)),
      store.putConfig(config('cfg-4', 'cccccc', NOON + 2, seen)),
    ]);
    expect([...(await headsOf('cfg-4')).keys()]).toEqual(['cccccc', 'bbbbbb', 'aaaaaa']);
  });

  it('come with profile, behaviour and arms in one request', async () => {
    const userId = 'cfg-5';
    await profileStore(table).put({ ...newProfile(userId, NOON), version: 1 }, 0);
    await recordInteractions({
      store: journalStore(table),
      fold: foldInteractions,
      userId,
      interactions: [interaction({ interactionId: 'i', userId, contentId: 'c' })],
      now: NOON,
      retentionMs: 1e10,
    });
    for (const at of [1, 2, 3, 4, 5, 6])
      await decisionStore(table).putConfig(config(userId, 'aaaaaa', NOON + at));
    const calls: string[] = [];
    const meter = (operation: string) => calls.push(operation);
    const loaded = await usersStore({ ...table, meter, clock: () => NOON }).load(userId, { parts: 'config' });
    expect(calls).toEqual(['loadUserForConfig']);
    expect(loaded).toMatchObject({ profile: { userId }, journal: { seq: 1 }, config: { sticky: {} } });
    expect(loaded.config?.heads.get('aaaaaa')?.decisionId).toBe(
      config(userId, 'aaaaaa', NOON + 6).decisionId,
    );
    expect((await users().load(userId, { parts: 'head' })).config).toBeUndefined();
  });

  it('cost one write unit and give back what they kept, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyConfigDecision, async (decision) => {
        const item = configDecisionToItem(decision);
        expect(itemBytes(item)).toBeLessThanOrEqual(1024);
        expect(configDecisionFromItem(item)).toMatchObject({
          userId: decision.userId,
          decisionId: decision.decisionId,
          decidedAt: NOON,
          body: { c: decision.body.c, s: decision.body.s },
        });
        const heads = configHeadsFrom([item], NOON);
        expect(heads.get(decision.context)).toEqual({
          decisionId: decision.decisionId,
          digest: decision.digest,
        });
        const known = new Map([...decision.earlier].filter(([context]) => context !== decision.context));
        for (const [context, head] of heads)
          if (context !== decision.context) expect(head).toEqual(known.get(context));
        const live = [...known.values()].filter(
          ({ decisionId }) => NOON - partsOfConfigId(decisionId).decidedAt < 30 * DAY,
        );
        expect(heads.size).toBeGreaterThanOrEqual(Math.min(8, live.length + 1));
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });

  it('are as small as the table counts them', async () => {
    const store = decisionStore(metered());
    written = [];
    await fc.assert(
      fc.asyncProperty(anyConfigDecision, (decision) => store.putConfig(decision)),
      { seed: 20_261_122, numRuns: 40 },
    );
    expect(new Set(written)).toEqual(new Set([1]));
  });
});
