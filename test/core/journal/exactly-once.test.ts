import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activityStore } from '../../../adapters/dynamodb/stores/activity-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { activityHour } from '../../../core/journal/activity-hour.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import { foldPage } from '../../../core/journal/fold-page.ts';
import { recompute } from '../../../core/journal/recompute.ts';
import { recordInteractions } from '../../../core/journal/record-interactions.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import { type CutOff, cutOffClient } from '../../support/cut-off-client.ts';
import type { TestTable } from '../../support/dynalite.ts';
import { inProcessTable } from '../../support/dynalite-in-process.ts';
import { interaction, NOON } from '../../support/interactions.ts';
import { difference, expectNear } from '../../support/near.ts';
import { type Delivery, deliverAll, type Schedule, schedules } from '../../support/schedules.ts';

const SCHEDULES = Number(process.env.ATTUNE_SCHEDULES ?? 1_000);
const SEED = Number(process.env.ATTUNE_SEED ?? 20_261_121);
const SIDE_BY_SIDE = 16;
const RETENTION = 400 * 24 * 3_600_000;
const HOUR = activityHour(NOON);

let table: TestTable;
const clock = () => NOON;

beforeAll(async () => {
  table = await inProcessTable();
});
afterAll(() => table.close());

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Waits as many turns of the event loop as the schedule says, call by call. */
const pauseBy = (ticks: readonly number[]): (() => Promise<void>) => {
  let call = 0;
  return async () => {
    call += 1;
    for (let turn = ticks[call % ticks.length] ?? 0; turn > 0; turn -= 1) await tick();
  };
};

const groupByUser = (interactions: readonly Interaction[]): Map<string, Interaction[]> =>
  Map.groupBy(interactions, ({ userId }) => userId);

/** What the bulk worker does with one message; answers whether it got to the end. */
const deliver = async (schedule: Schedule, users: (user: string) => string, delivery: Delivery) => {
  const options = { cutOff: delivery.cutOff ?? undefined, pause: pauseBy(schedule.ticks) };
  const database = { ...cutOffClient(table.client, options), tableName: table.tableName, clock };
  const store = journalStore(database);
  const batch = (schedule.batches[delivery.batch] ?? []).map(
    (index) => schedule.interactions[index] as Interaction,
  );
  const groups = groupByUser(batch.map((one) => ({ ...one, userId: users(one.userId) })));
  try {
    if (schedule.marked) {
      const batchId = users(`batch${delivery.batch}`);
      await activityStore(database).markBatch(HOUR, batchId, [...groups.keys()]);
    }
    for (const [userId, interactions] of groups) {
      const work = { store, fold: foldInteractions, userId, interactions, now: NOON, retentionMs: RETENTION };
      await recordInteractions({ ...work, marked: schedule.marked });
      if (delivery.recompute) await recompute({ store, fold: foldInteractions, userId });
    }
    return true;
  } catch {
    return false;
  }
};

const cleanFold = (interactions: readonly Interaction[]) =>
  foldPage(emptyState, { seq: 1, recordedAt: NOON, newestBefore: 0, interactions }, foldInteractions);

const storedIds = async (userId: string, toSeq: number): Promise<string[]> => {
  const ids: string[] = [];
  const pages = journalStore({ ...table, clock }).pages({ userId, fromSeq: 1, toSeq, order: 'oldest first' });
  for await (const { interactions } of pages) ids.push(...interactions.map((one) => one.interactionId));
  return ids.sort();
};

/** What differs, for one user, from counting every interaction that was delivered once; undefined when nothing does. */
const faultOf = async (userId: string, delivered: readonly Interaction[]): Promise<string | undefined> => {
  const state = await journalStore({ ...table, clock }).load(userId);
  const clean = cleanFold(delivered);
  const facts = [...state.sealedFacts, ...state.openFacts].sort();
  const ids = delivered.map(({ interactionId }) => interactionId).sort();
  return (
    difference(state.behaviour, clean.behaviour, 'behaviour') ??
    difference(state.counted, clean.counted, 'counted') ??
    difference(state.newestAt, clean.newestAt, 'newestAt') ??
    difference(facts, [...clean.openFacts].sort(), 'facts') ??
    difference(await storedIds(userId, state.seq), ids, 'stored')
  );
};

const deliveredOf = (schedule: Schedule): Map<string, Interaction[]> => {
  const indexes = new Set(schedule.batches.flat());
  return groupByUser([...indexes].map((index) => schedule.interactions[index] as Interaction));
};

const activeUsers = async (): Promise<Set<string>> => {
  const users = new Set<string>();
  for await (const user of activityStore({ ...table, clock }).usersActiveIn(HOUR)) users.add(user);
  return users;
};

describe('exactly once in effect', () => {
  it(`holds for ${SCHEDULES} random schedules of cuts, redeliveries, duplicates and reordering`, async () => {
    const all = fc.sample(schedules, { numRuns: SCHEDULES, seed: SEED });
    const faults: unknown[] = [];
    const users = new Set<string>();
    let next = 0;
    const lane = async () => {
      for (let number = next++; number < all.length; number = next++) {
        const schedule = all[number] as Schedule;
        const prefixed = (name: string) => `s${number}-${name}`;
        await deliverAll(schedule, (delivery) => deliver(schedule, prefixed, delivery));
        for (const [user, delivered] of deliveredOf(schedule)) {
          users.add(prefixed(user));
          const fault = await faultOf(prefixed(user), delivered);
          if (fault) faults.push({ number, user, fault, schedule: JSON.stringify(schedule) });
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
    expect(faults.slice(0, 3)).toEqual([]);
    expect(await activeUsers()).toEqual(users);
  }, 600_000);

  it('holds for a cut before and after every single write of a worker', async () => {
    const batch = Array.from({ length: 30 }, (_, n) =>
      interaction({
        interactionId: `i${n}`,
        contentId: `c${n}`,
        sessionId: 's',
        type: n % 2 ? 'view' : 'complete',
      }),
    );
    const record = (userId: string, interactions: Interaction[], cutOff?: CutOff) => {
      const cut = cutOffClient(table.client, { cutOff });
      const store = journalStore({ ...table, client: cut.client, clock });
      const own = interactions.map((one) => ({ ...one, userId }));
      const work = {
        store,
        fold: foldInteractions,
        userId,
        interactions: own,
        now: NOON,
        retentionMs: RETENTION,
      };
      return recordInteractions(work).then(cut.writes, () => -1);
    };
    const writes = await record('uncut', batch);
    expect(writes).toBe(4); // page, mark, ledger run, behaviour
    for (let write = 1; write <= writes; write += 1) {
      for (const when of ['before', 'after'] as const) {
        const userId = `cut-${write}-${when}`;
        expect(await record(userId, batch, { write, when })).toBe(-1);
        await record(userId, [...batch.slice(10), interaction({ interactionId: 'new' })]);
        await record(userId, batch);
        expect(await faultOf(userId, [...batch, interaction({ interactionId: 'new' })])).toBeUndefined();
      }
    }
  });
});

describe('recompute', () => {
  it('gives what folding one by one gave, and changes nothing else', async () => {
    const all = fc.sample(schedules, { numRuns: Math.min(SCHEDULES, 100), seed: SEED + 1 });
    for (const [number, schedule] of all.entries()) {
      const users = (name: string) => `r${number}-${name}`;
      const calm = { ...schedule, deliveries: [] };
      await deliverAll(calm, (delivery) => deliver(calm, users, delivery));
      for (const user of deliveredOf(schedule).keys()) {
        const store = journalStore({ ...table, clock });
        const before = await store.load(users(user));
        const answer = await recompute({ store, fold: foldInteractions, userId: users(user) });
        expect(answer).toMatchObject({ complete: true, seq: before.seq, counted: before.counted });
        expectNear(answer.behaviour, before.behaviour);
        const { revision, behaviour, ...kept } = await store.load(users(user));
        expect(kept).toEqual(
          Object.fromEntries(Object.keys(kept).map((key) => [key, before[key as keyof typeof before]])),
        );
        expectNear(behaviour, before.behaviour);
        expect(revision).toBe(before.revision + 1);
      }
    }
  });
});
