import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelRegistryStore } from '../../../adapters/dynamodb/stores/model-registry-store.ts';
import { modelStore } from '../../../adapters/dynamodb/stores/model-store.ts';
import { settingsStore } from '../../../adapters/dynamodb/stores/settings-store.ts';
import type { UserModels } from '../../../core/learn/users/types.ts';
import type { ModelCard } from '../../../core/models/model-card.ts';
import type { CardPosition, KeptModel } from '../../../core/models/ports.ts';
import { DAY } from '../../support/clock.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { NOON } from '../../support/interactions.ts';

let table: TestTable;
const registry = () => modelRegistryStore(table);

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const card = (number: number, changes: Partial<ModelCard> = {}): ModelCard => ({
  runId: `run-${number}`,
  startedAt: NOON + number * DAY,
  finishedAt: NOON + number * DAY + 1,
  version: number,
  decision: 'promoted',
  reason: 'better',
  engine: 'lambda',
  models: [],
  ...changes,
});

const ranking = (itemId: string, items = 1) => ({
  generatedAt: NOON,
  items: Array.from({ length: items }, (_, at) => ({ itemId: `${itemId}${at}`, score: 1 - at / 5_000 })),
});

const kept = (version: number, changes: Partial<KeptModel> = {}): KeptModel => ({
  model: {
    version,
    slot: version % 3,
    weights: {
      collaborative: 1,
      sequential: 1,
      content: 1,
      popular: 1,
      interests: 1,
      positionDecay: 0.5,
      halfScore: 0.1,
    },
    trainedAt: NOON,
    counts: { users: 1, items: 1, interactions: 1 },
    notes: { runId: `run-${version}` },
  },
  rankings: { popular: ranking('p', 2_500), 'segment:new_user': ranking('s') },
  ...changes,
});

describe('model cards', () => {
  it('are listed newest first, page by page, each run once', async () => {
    for (const number of [2, 1, 3, 2]) await registry().putCard(card(number));
    const found: string[] = [];
    let after: CardPosition | undefined;
    do {
      const page = await registry().cards({ limit: 2, after, now: NOON });
      found.push(...page.cards.map(({ runId }) => runId));
      after = page.next ?? undefined;
    } while (after);
    expect(found).toEqual(['run-3', 'run-2', 'run-1']);
  });

  it('are replaced by a repeat of their run, and found by it', async () => {
    await registry().putCard(card(3, { decision: 'failed', reason: 'cut off', version: undefined }));
    expect(await registry().getCard({ startedAt: NOON + 3 * DAY, runId: 'run-3' })).toMatchObject({
      reason: 'cut off',
    });
    expect(await registry().getCard({ startedAt: NOON, runId: 'run-3' })).toBeUndefined();
  });

  it('are forgotten after 180 days', async () => {
    const { cards } = await registry().cards({ limit: 10, now: NOON + 182.5 * DAY });
    expect(cards.map(({ runId }) => runId)).toEqual(['run-3']);
  });
});

describe('kept versions', () => {
  it('are the last of each slot, whole, long rankings included', async () => {
    for (const version of [1, 2, 3, 4]) await registry().keep(kept(version));
    expect(await registry().keptVersions()).toEqual([
      { version: 4, slot: 1 },
      { version: 3, slot: 0 },
      { version: 2, slot: 2 },
    ]);
    expect(await registry().getKept(3)).toEqual(kept(3));
    expect(await registry().getKept(1)).toBeUndefined();
  });

  it('leave nothing of the version that was in the slot before', async () => {
    const users: UserModels = { version: 5, trainedAt: NOON };
    await registry().keep(kept(5, { rankings: { 'segment:x': ranking('x', 3_000) }, userModels: users }));
    await registry().keep(kept(8, { rankings: { 'segment:x': ranking('y') } }));
    expect(await registry().getKept(8)).toEqual(kept(8, { rankings: { 'segment:x': ranking('y') } }));
  });

  it('hold what was learned of users, and are gone once forgotten', async () => {
    const one = kept(9, { userModels: { version: 9, trainedAt: NOON } });
    await registry().keep(one);
    expect(await registry().getKept(9)).toEqual(one);
    await registry().forget(0);
    expect(await registry().getKept(9)).toBeUndefined();
  });

  it('go back into service only in place of the one that was seen there', async () => {
    const { model } = kept(4);
    await modelStore(table).putModel(kept(5).model);
    expect(await registry().restore(model, 6)).toBe(false);
    expect((await modelStore(table).getModel())?.version).toBe(5);
    expect(await registry().restore(model, 5)).toBe(true);
    expect(await modelStore(table).getModel()).toEqual(model);
  });
});

describe('user models', () => {
  it('are one document', async () => {
    expect(await modelStore(table).getUserModels()).toBeUndefined();
    const models: UserModels = { version: 3, trainedAt: NOON, lifetime: undefined };
    await modelStore(table).putUserModels(models);
    expect(await modelStore(table).getUserModels()).toEqual({ version: 3, trainedAt: NOON });
  });
});

describe('the pseudonym key', () => {
  it('is made once, by whoever asks first, and is not the one of cursors', async () => {
    const numbers = [1, 2, 3, 4];
    const candidate = () => `key-${numbers.shift()}`;
    const keys = await Promise.all([1, 2, 3].map(() => settingsStore(table).pseudonymKey(candidate)));
    expect(new Set(keys).size).toBe(1);
    expect(await settingsStore(table).cursorKey(candidate)).not.toBe(keys[0]);
  });
});
