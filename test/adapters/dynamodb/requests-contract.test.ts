import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idempotencyStore } from '../../../adapters/dynamodb/stores/idempotency-store.ts';
import { settingsStore } from '../../../adapters/dynamodb/stores/settings-store.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { NOON } from '../../support/interactions.ts';

let table: TestTable;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const DAY = 24 * 3_600_000;

describe('idempotency keys', () => {
  const store = () => idempotencyStore(table);
  const id = (key: string) => ({ caller: 'user:ada', key });

  it('let one of several requests run and give the others its answer', async () => {
    const begun = await Promise.all([1, 2, 3].map(() => store().begin(id('k1'), 'hash', NOON)));
    expect(begun.map(({ state }) => state).sort()).toEqual(['in progress', 'in progress', 'started']);
    await store().complete(id('k1'), 'hash', { status: 201, body: { a: [1] } }, NOON);
    expect(await store().begin(id('k1'), 'hash', NOON + 1)).toEqual({
      state: 'completed',
      answer: { status: 201, body: { a: [1] } },
    });
    expect((await store().begin({ ...id('k1'), caller: 'user:bob' }, 'hash', NOON)).state).toBe('started');
  });

  it('refuse another body', async () => {
    await store().begin(id('k2'), 'hash', NOON);
    await expect(store().begin(id('k2'), 'other', NOON)).rejects.toMatchObject({ kind: 'conflict' });
    await store().complete(id('k2'), 'hash', undefined, NOON);
    await expect(store().begin(id('k2'), 'other', NOON)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await store().begin(id('k2'), 'hash', NOON)).toEqual({ state: 'completed', answer: null });
  });

  it('are free again after a failure, a minute without an answer, or a day', async () => {
    await store().begin(id('k3'), 'hash', NOON);
    await store().release(id('k3'));
    expect((await store().begin(id('k3'), 'hash', NOON)).state).toBe('started');
    expect((await store().begin(id('k3'), 'hash', NOON + 59_000)).state).toBe('in progress');
    expect((await store().begin(id('k3'), 'hash', NOON + 61_000)).state).toBe('started');
    await store().complete(id('k3'), 'hash', 'answer', NOON + 62_000);
    await store().release(id('k3'));
    expect((await store().begin(id('k3'), 'hash', NOON + DAY)).state).toBe('completed');
    expect((await store().begin(id('k3'), 'hash', NOON + DAY + 70_000)).state).toBe('started');
  });

  it('tell a successor when the first attempt began, until it is answered or refused', async () => {
    const begin = async (now: number, hash = 'hash') => {
      const begun = await store().begin(id('k5'), hash, now);
      return begun.state === 'started' ? begun.firstAt - NOON : begun.state;
    };
    expect(await begin(NOON)).toBe(0);
    expect(await begin(NOON + 61_000)).toBe(0);
    expect(await begin(NOON + 62_000)).toBe('in progress');
    await store().giveUp(id('k5'));
    expect(await begin(NOON + 63_000)).toBe(0);
    await store().complete(id('k5'), 'hash', 'answer', NOON + 64_000);
    await store().giveUp(id('k5'));
    expect(await begin(NOON + 65_000)).toBe('completed');
    expect(await begin(NOON + 2 * DAY)).toBe(2 * DAY);
    await store().release(id('k5'));
    expect(await begin(NOON + 2 * DAY + 1)).toBe(2 * DAY + 1);
  });

  it('do not keep an answer that no item can hold', async () => {
    await store().begin(id('k4'), 'hash', NOON);
    const noise = Array.from({ length: 60_000 }, () => Math.random().toString(36)).join('');
    await store().complete(id('k4'), 'hash', noise, NOON);
    expect((await store().begin(id('k4'), 'hash', NOON + 1)).state).toBe('started');
  });
});

describe('the cursor key', () => {
  it('is made once, whoever asks first', async () => {
    let made = 0;
    const candidate = () => `key${++made}`;
    const keys = await Promise.all([1, 2, 3].map(() => settingsStore(table).cursorKey(candidate)));
    expect(new Set(keys).size).toBe(1);
    expect(await settingsStore(table).cursorKey(candidate)).toBe(keys[0]);
  });
});
