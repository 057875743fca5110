import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { achievementStore } from '../../../adapters/dynamodb/stores/achievement-store.ts';
import { assignmentStore } from '../../../adapters/dynamodb/stores/assignment-store.ts';
import { decisionStore } from '../../../adapters/dynamodb/stores/decision-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { precomputedStore } from '../../../adapters/dynamodb/stores/precomputed-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import { newConfigDecisionId } from '../../../core/decisions/decision-id.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import { membership } from '../../../core/journal/facts.ts';
import { recordInteractions } from '../../../core/journal/record-interactions.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { interaction, NOON } from '../../support/interactions.ts';

let table: TestTable;
let calls: { operation: string; units: number; isWrite: boolean }[] = [];
const database = () => ({
  ...table,
  clock: () => NOON,
  meter: (operation: string, units: number, isWrite: boolean) => calls.push({ operation, units, isWrite }),
});

beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

const list = (computedAt = NOON) => ({
  modelVersion: 4,
  behaviourSeq: 2,
  computedAt,
  entries: [{ itemId: 'x', score: 0.5 }],
});

const record = (userId: string, count: number, loaded?: typeof emptyState) =>
  recordInteractions({
    store: journalStore(database()),
    fold: foldInteractions,
    userId,
    interactions: Array.from({ length: count }, (_, n) =>
      interaction({
        interactionId: `i${n}`,
        userId,
        contentId: `c${n}`,
        type: n === 0 ? 'complete' : 'dismiss',
      }),
    ),
    now: NOON,
    retentionMs: 1e10,
    loaded,
  });

describe('the profile', () => {
  it('is created once, replaced by version, and comes back as it was', async () => {
    const profiles = profileStore(database());
    const attributes = {
      n: 1e50,
      small: 0.1,
      big: 2 ** 60,
      text: '',
      none: null,
      list: [{ a: [] }],
      ok: true,
    };
    const profile = { ...newProfile('ada', NOON), attributes, email: undefined, version: 1 };
    await profiles.put(profile, 0);
    expect(await profiles.get('ada')).toEqual({ ...newProfile('ada', NOON), attributes, version: 1 });
    await expect(profiles.put(profile, 0)).rejects.toMatchObject({ kind: 'conflict' });
    await profiles.put({ ...profile, version: 2 }, 1);
    await expect(profiles.put({ ...profile, version: 2 }, 1)).rejects.toMatchObject({ kind: 'conflict' });
    expect((await profiles.get('ada'))?.version).toBe(2);
    expect(await profiles.get('nobody')).toBeUndefined();
  });
});

describe('everything about a user', () => {
  it('is nothing for an unknown one', async () => {
    const { units, ...user } = await usersStore(database()).load('nobody');
    expect(user).toEqual({
      profile: undefined,
      journal: emptyState,
      facts: new Set(),
      precomputed: undefined,
    });
    expect(units).toBeGreaterThanOrEqual(0);
  });

  it('comes in one request, in the parts that were asked for', async () => {
    await profileStore(database()).put({ ...newProfile('bob', NOON), version: 1 }, 0);
    await precomputedStore(database()).put('bob', list());
    await record('bob', 30);
    const users = usersStore(database());
    calls = [];
    const all = await users.load('bob');
    expect(calls).toEqual([{ operation: 'loadUser', units: all.units, isWrite: false }]);
    expect(all.profile?.userId).toBe('bob');
    expect(all.precomputed).toEqual(list());
    expect(all.journal).toEqual(await journalStore(database()).load('bob'));
    expect(all.journal.sealedFacts.length).toBeGreaterThan(0);
    const known = membership(all.facts);
    expect([known.seen('c5'), known.completed('c0'), known.dismissed('c5')]).toEqual([true, true, true]);
    expect([known.seen('c99'), known.completed('c5'), known.dismissed('c0')]).toEqual([false, false, false]);
    const ledger = await users.load('bob', { parts: 'ledger' });
    expect(ledger.facts).toEqual(all.facts);
    expect(ledger.precomputed).toBeUndefined();
    const head = await users.load('bob', { parts: 'head', consistent: false });
    expect(head.journal.behaviour).toEqual(all.journal.behaviour);
    expect(head.profile).toEqual(all.profile);
    expect(head.units).toBeLessThanOrEqual(all.units / 2);
  });

  it('counts nothing twice from a state without its ledger', async () => {
    await record('carl', 30);
    const head = await usersStore(database()).load('carl', { parts: 'head' });
    expect((await record('carl', 30, head.journal)).behaviour.interactions).toBe(30);
    expect((await journalStore(database()).load('carl')).counted).toBe(30);
  });

  it('leaves out a list that has expired', async () => {
    const day = 24 * 3_600_000;
    const rows = ['dora', 'emil'].map((userId) => ({
      userId,
      list: list(userId === 'dora' ? NOON : NOON - 4 * day),
    }));
    expect(await precomputedStore(database()).putMany(rows)).toBe(2);
    const users = usersStore(database());
    expect((await users.load('dora')).precomputed).toEqual(list());
    expect((await users.load('emil')).precomputed).toBeUndefined();
    await precomputedStore(database()).remove('dora');
    expect((await users.load('dora')).precomputed).toBeUndefined();
  });
});

describe('the arms that a user saw', () => {
  it('come along with every part, at no extra request, and are absent where there are none', async () => {
    await record('armed', 1);
    const parts = ['head', 'config', 'ledger', 'all'] as const;
    const loadAll = () =>
      Promise.all(parts.map((part) => usersStore(database()).load('armed', { parts: part })));
    for (const { sticky } of await loadAll()) expect(sticky).toBeUndefined();
    await assignmentStore(database()).expose('armed', { line: ['quiet', NOON, 0.5] }, []);
    calls = [];
    for (const { sticky } of await loadAll()) expect(sticky).toEqual({ line: ['quiet', NOON, 0.5] });
    expect(calls).toHaveLength(parts.length);
  });

  it('come beside the achievements, and neither hides the last decision of a config', async () => {
    await record('earner', 1);
    const parts = ['head', 'config', 'ledger', 'all'] as const;
    const loadAll = () =>
      Promise.all(parts.map((part) => usersStore(database()).load('earner', { parts: part })));
    for (const { achievements } of await loadAll()) expect(achievements).toBeUndefined();
    await profileStore(database()).put({ ...newProfile('earner', NOON), version: 1 }, 0);
    await assignmentStore(database()).expose('earner', { line: ['quiet', NOON, 0.5] }, []);
    await achievementStore(database()).addDays('earner', [20_000]);
    await achievementStore(database()).unlock('earner', 'learning/first', NOON);
    await decisionStore(database()).putConfig({
      decisionId: newConfigDecisionId(NOON, () => 'A1B2C3D4'),
      userId: 'earner',
      decidedAt: NOON,
      body: { c: 'home', s: [1, 1, 1], f: null, v: [] },
      context: 'a1b2c3',
      digest: '0123456789',
      earlier: new Map(),
    });
    const kept = await achievementStore(database()).get('earner');
    calls = [];
    const loaded = await loadAll();
    expect(calls).toHaveLength(parts.length);
    for (const { achievements, profile, sticky, journal } of loaded) {
      expect(achievements).toEqual(kept);
      expect([profile?.version, sticky?.line?.[0], journal.seq]).toEqual([1, 'quiet', 1]);
    }
    expect([...(loaded[1]!.config?.heads.keys() ?? [])]).toEqual(['a1b2c3']);
  });
});
