import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { cutBatches } from '../../../core/journal/cut-batches.ts';
import {
  type InteractionQuery,
  type ListPosition,
  listInteractions,
} from '../../../core/journal/list-interactions.ts';
import type { JournalStore } from '../../../core/journal/ports.ts';
import { recompute } from '../../../core/journal/recompute.ts';
import { recordInteractions } from '../../../core/journal/record-interactions.ts';
import { resetBehaviour } from '../../../core/journal/reset-behaviour.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import type { TestTable } from '../../support/dynalite.ts';
import { inProcessTable } from '../../support/dynalite-in-process.ts';
import { interaction, NOON } from '../../support/interactions.ts';

let table: TestTable;
let store: JournalStore;
beforeAll(async () => {
  table = await inProcessTable();
  store = journalStore({ ...table, clock: () => NOON });
});
afterAll(() => table.close());

const record = (userId: string, given: (Partial<Interaction> & { interactionId: string })[], now = NOON) =>
  recordInteractions({
    store,
    fold: foldInteractions,
    userId,
    interactions: given.map((one) => interaction({ ...one, userId })),
    now,
    retentionMs: 1e10,
  });

const ids = (...names: string[]) => names.map((interactionId) => ({ interactionId }));

describe('recording', () => {
  it('counts what is new and says what was not', async () => {
    expect(await record('ada', ids('a', 'b', 'a'))).toMatchObject({ counted: 2, duplicates: 1, seq: 1 });
    expect(await record('ada', ids('b', 'c'))).toMatchObject({ counted: 1, duplicates: 1, seq: 2 });
    expect(await record('ada', ids('a', 'b', 'c'))).toMatchObject({ counted: 0, duplicates: 3, seq: 2 });
    expect(await record('ada', [])).toMatchObject({ counted: 0, duplicates: 0, seq: 2 });
    expect((await store.load('ada')).counted).toBe(3);
  });

  it('counts a session once, whichever of its interactions comes first', async () => {
    const inSession = (interactionId: string, sessionId: string) => ({ interactionId, sessionId });
    await record('bea', [inSession('1', 's'), inSession('2', 's')]);
    const { behaviour } = await record('bea', [inSession('3', 's'), inSession('4', 't')]);
    expect(behaviour.sessions).toBe(2);
  });

  it('takes more interactions at once than a page holds', async () => {
    const many = Array.from({ length: 700 }, (_, n) => ({ interactionId: `i${n}`, contentId: `c${n}` }));
    expect(await record('many', many)).toMatchObject({ counted: 700, seq: 3 });
    expect(await record('many', many)).toMatchObject({ counted: 0, duplicates: 700, seq: 3 });
  });

  it('gives up with a conflict when others always win', async () => {
    const busy: JournalStore = { ...store, commit: async () => false };
    let pauses = 0;
    const work = { store: busy, fold: foldInteractions, userId: 'busy', now: NOON, retentionMs: 1e10 };
    const attempt = recordInteractions({
      ...work,
      interactions: [interaction({ interactionId: 'i', userId: 'busy' })],
      pause: async () => {
        pauses += 1;
      },
    });
    await expect(attempt).rejects.toMatchObject({ kind: 'conflict' });
    expect(pauses).toBeGreaterThan(3);
    expect(await record('busy', ids('j'))).toMatchObject({ counted: 1, seq: 2 });
    expect((await store.load('busy')).counted).toBe(2);
  });
});

describe('batches', () => {
  it('are cut by number and by size, never losing or reordering', () => {
    const of = (length: number, feedback = '') =>
      Array.from({ length }, (_, n) => interaction({ interactionId: `i${n}`, feedback }));
    expect(cutBatches([])).toEqual([]);
    expect(cutBatches(of(501)).map(({ length }) => length)).toEqual([250, 250, 1]);
    const large = of(5, 'x'.repeat(60_000));
    expect(cutBatches(large).map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(cutBatches(large).flat()).toEqual(large);
    expect(cutBatches(of(1, 'x'.repeat(200_000))).length).toBe(1);
  });
});

describe('recomputing', () => {
  it('says when pages have passed their retention', async () => {
    await record('kim', ids('a'));
    await store.putPage('kim', { seq: 2, recordedAt: 0, newestBefore: 0, interactions: [] }, NOON - 1);
    const state = await store.load('kim');
    await store.commit('kim', { ...state, seq: 2 }, state);
    expect(await recompute({ store, fold: foldInteractions, userId: 'kim' })).toMatchObject({
      complete: false,
      counted: 1,
    });
  });

  it('of an unknown user writes nothing', async () => {
    const answer = await recompute({ store, fold: foldInteractions, userId: 'nobody' });
    expect(answer).toEqual({ behaviour: emptyBehaviour(), seq: 0, counted: 0, complete: true });
    expect((await store.load('nobody')).revision).toBe(0);
  });

  it('puts a better fold into force, which a writer holding the old behaviour cannot undo', async () => {
    await record('lee', ids('a'));
    const held = await store.load('lee');
    const doubled: typeof foldInteractions = (behaviour, counted) => ({
      ...foldInteractions(behaviour, counted),
      ratings: [77, 77],
    });
    await recompute({ store, fold: doubled, userId: 'lee' });
    const work = { store, fold: foldInteractions, userId: 'lee', now: NOON, retentionMs: 1e10, loaded: held };
    const { behaviour, counted } = await recordInteractions({
      ...work,
      interactions: [interaction({ interactionId: 'b', userId: 'lee' })],
    });
    expect(behaviour.ratings).toEqual([77, 77]);
    expect(behaviour.interactions).toBe(2);
    expect(counted).toBeLessThanOrEqual(1);
  });
});

describe('a reset', () => {
  it('forgets what was recorded and what was received before it, not what comes after', async () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ interactionId: `i${n}`, contentId: `c${n}` }));
    await record('eve', many);
    await resetBehaviour(store, 'eve', NOON + 1_000);
    expect(await store.load('eve')).toMatchObject({
      seq: 2,
      counted: 0,
      behaviour: undefined,
      openFacts: [],
      sealedFacts: [],
    });
    expect((await listInteractions(store, { userId: 'eve', limit: 10 })).items).toEqual([]);
    expect(await store.getPage('eve', 1)).toBeUndefined();
    expect(await record('eve', many, NOON + 2_000)).toMatchObject({ counted: 0, duplicates: 40 });
    const again = many.map((one) => ({ ...one, receivedAt: NOON + 3_000 }));
    expect(await record('eve', again, NOON + 3_000)).toMatchObject({ counted: 40, seq: 3 });
    expect((await recompute({ store, fold: foldInteractions, userId: 'eve' })).counted).toBe(40);
  });

  it('also drops a page that was being written, unless it was received later', async () => {
    const dying: JournalStore = { ...store, commit: async () => Promise.reject(new Error('died')) };
    const work = { store: dying, fold: foldInteractions, userId: 'flo', now: NOON, retentionMs: 1e10 };
    const write = (receivedAt: number, interactionId: string) =>
      recordInteractions({
        ...work,
        interactions: [interaction({ interactionId, userId: 'flo', receivedAt })],
      });
    await record('flo', ids('first'));
    await expect(write(NOON, 'lost')).rejects.toThrow('died');
    await resetBehaviour(store, 'flo', NOON + 1);
    expect(await record('flo', ids('lost'), NOON + 2)).toMatchObject({ counted: 0 });
    expect(await record('flo', [{ interactionId: 'kept', receivedAt: NOON + 2 }], NOON + 2)).toMatchObject({
      counted: 1,
      seq: 3,
    });
  });

  it('is not undone by a writer that holds the state from before', async () => {
    await record('gus', ids('a'));
    const loaded = await store.load('gus');
    await resetBehaviour(store, 'gus', NOON + 1_000);
    const late = { store, fold: foldInteractions, userId: 'gus', now: NOON, retentionMs: 1e10, loaded };
    const stale = await recordInteractions({
      ...late,
      interactions: [interaction({ interactionId: 'b', userId: 'gus' })],
    });
    expect(stale).toMatchObject({ counted: 0, seq: 2 });
    expect((await listInteractions(store, { userId: 'gus', limit: 5 })).items).toEqual([]);
    const fresh = interaction({ interactionId: 'c', userId: 'gus', receivedAt: NOON + 2_000 });
    expect(await recordInteractions({ ...late, interactions: [fresh] })).toMatchObject({
      counted: 1,
      seq: 3,
    });
    expect((await store.load('gus')).counted).toBe(1);
  });
});

describe('listing', () => {
  const rows = fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 30 }),
      type: fc.constantFrom('view', 'click'),
      page: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25, size: 'max' },
  );

  const wholeList = async (query: InteractionQuery): Promise<Interaction[]> => {
    const found: Interaction[] = [];
    let after: ListPosition | undefined;
    do {
      const { items, next } = await listInteractions(store, { ...query, after });
      found.push(...items);
      after = next ?? undefined;
    } while (after);
    return found;
  };

  it('is exact, page by page, however interactions arrived', async () => {
    let user = 0;
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 7 }), async (given, limit) => {
        user += 1;
        const userId = `list${user}`;
        const all = given.map(({ minute, type }, n) =>
          interaction({ interactionId: `i${n % 10}${n}`, userId, type, occurredAt: NOON - minute * 60_000 }),
        );
        for (let at = 0; at < all.length; ) {
          const size = given[at]?.page ? 1 : 4;
          await record(userId, all.slice(at, at + size));
          at += size;
        }
        const from = NOON - 20 * 60_000;
        const order = (a: Interaction, b: Interaction) =>
          b.occurredAt - a.occurredAt || (a.interactionId > b.interactionId ? -1 : 1);
        expect(await wholeList({ userId, limit })).toEqual([...all].sort(order));
        expect(await wholeList({ userId, limit, from, type: 'view' })).toEqual(
          all.filter((one) => one.occurredAt >= from && one.type === 'view').sort(order),
        );
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('reads no further than it has to when interactions arrive in order', async () => {
    for (let n = 0; n < 12; n += 1)
      await record('ordered', [{ interactionId: `i${n}`, occurredAt: NOON + n }]);
    let read = 0;
    const counting: JournalStore = {
      ...store,
      pages: async function* (range) {
        for await (const page of store.pages(range)) {
          read += 1;
          yield page;
        }
      },
    };
    const { items } = await listInteractions(counting, { userId: 'ordered', limit: 3 });
    expect(items.map(({ interactionId }) => interactionId)).toEqual(['i11', 'i10', 'i9']);
    expect(read).toBe(4);
  });
});
