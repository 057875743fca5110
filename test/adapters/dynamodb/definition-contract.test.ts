import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchPut } from '../../../adapters/dynamodb/batches.ts';
import { createTable } from '../../../adapters/dynamodb/create-table.ts';
import { logToItem } from '../../../adapters/dynamodb/entities/definition.ts';
import { definitionStore } from '../../../adapters/dynamodb/stores/definition-store.ts';
import {
  changeDefinition,
  createDefinition,
  deleteDefinition,
  restoreDefinition,
} from '../../../core/definitions/change-definitions.ts';
import { changeOf, EARLIER_KEPT } from '../../../core/definitions/change-of.ts';
import type { DefinitionKind } from '../../../core/definitions/definition-kind.ts';
import type { DefinitionStore } from '../../../core/definitions/ports.ts';
import type { Change } from '../../../core/definitions/types.ts';
import { cutOffClient } from '../../support/cut-off-client.ts';
import { memoryDefinitions } from '../../support/definitions.ts';
import { type TestTable, testTable } from '../../support/dynalite.ts';
import { inProcessTable } from '../../support/dynalite-in-process.ts';

type Body = { readonly name: string };

let table: TestTable;
beforeAll(async () => {
  table = await testTable();
});
afterAll(() => table.close());

let tables = 0;

/** A store without anything in it, in a table of its own. */
const fresh = async () => {
  tables += 1;
  const place = { client: table.client, tableName: `${table.tableName}-${tables}` };
  await createTable(place.client, place.tableName);
  return { place, store: definitionStore<Body>(place, 'RULES') };
};

const kindOf = (store: DefinitionStore<Body>): DefinitionKind<Body> => ({ store, word: 'rule', most: 500 });
const by = (now: number, sub = 'root') => ({ sub, now });

const first = (setVersion: number, id: string, name = id): Change<Body> =>
  changeOf({ action: 'created', body: { name } }, { id, setVersion, before: undefined, by: by(setVersion) });

const names = async (store: DefinitionStore<Body>, at?: number) => {
  const set = await (at === undefined ? store.load() : store.loadAt(at));
  return set?.defined.map(({ body }) => body.name);
};

describe('definitions', () => {
  it('are nothing at first', async () => {
    const store = definitionStore<Body>(table, 'EXPERIMENTS');
    expect(await store.version()).toBe(0);
    expect(await store.load()).toEqual({ version: 0, defined: [] });
    expect(await store.loadAt(0)).toEqual({ version: 0, defined: [] });
    expect(await store.loadAt(1)).toBeUndefined();
    expect(await store.get('x')).toBeUndefined();
    expect(await store.getVersion('x', 1)).toBeUndefined();
    expect(await store.versions('x', { limit: 5 })).toEqual([]);
  });

  it('are read back whole, oldest first, and are apart from those of the other kind', async () => {
    const store = definitionStore<Body>(table, 'RULES');
    expect(await store.append(first(1, 'b', 'zwölf 😀'))).toBe(true);
    expect(await store.append(first(2, 'a'))).toBe(true);
    expect(await store.version()).toBe(2);
    expect(await store.load()).toEqual({ version: 2, defined: [first(1, 'b', 'zwölf 😀'), first(2, 'a')] });
    expect(await store.get('b')).toEqual(first(1, 'b', 'zwölf 😀'));
    expect(await definitionStore(table, 'EXPERIMENTS').version()).toBe(0);
  });

  it('take the next number only', async () => {
    const { store } = await fresh();
    expect(await store.append(first(2, 'a'))).toBe(false);
    expect(await store.append(first(1, 'a'))).toBe(true);
    expect(await store.append(first(1, 'b'))).toBe(false);
    expect(await store.append(first(3, 'b'))).toBe(false);
    expect(await store.version()).toBe(1);
  });

  it('let exactly one of several writers have a number, also when they write the same', async () => {
    const store = definitionStore<Body>(table, 'RULES');
    const next = (await store.version()) + 1;
    const won = await Promise.all([1, 2, 3, 4].map(() => store.append(first(next, 'same'))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.version()).toBe(next);
  });

  it('count a write of our own as such when the client sent it twice', async () => {
    const { place } = await fresh();
    const send = place.client.send.bind(place.client) as (command: unknown) => Promise<unknown>;
    const twice = async (command: { input: { ConditionExpression?: string } }) => {
      if (command.input.ConditionExpression === 'attribute_not_exists(PK)') await send(command);
      return send(command);
    };
    const client = { send: twice } as unknown as TestTable['client'];
    const store = definitionStore<Body>({ ...place, client }, 'RULES');
    expect(await store.append(first(1, 'a'))).toBe(true);
    expect(await names(store)).toEqual(['a']);
  });
});

describe('a writer that dies', () => {
  const steps = [1, 2, 3].flatMap((write) => (['before', 'after'] as const).map((when) => ({ write, when })));
  it.each(steps)('at write $write, $when it, leaves a set that is whole', async ({ write, when }) => {
    const { place, store } = await fresh();
    await createDefinition(kindOf(store), { id: 'a', body: { name: 'a1' } }, by(1));
    await createDefinition(kindOf(store), { id: 'b', body: { name: 'b1' } }, by(2));
    const { client } = cutOffClient(place.client, { cutOff: { write, when } });
    const dying = kindOf(definitionStore<Body>({ ...place, client }, 'RULES'));
    await changeDefinition(dying, { id: 'a', body: { name: 'a2' } }, by(3)).catch(() => undefined);
    const version = await store.version();
    const expected = version === 3 ? ['a2', 'b1'] : ['a1', 'b1'];
    expect(await names(store)).toEqual(expected);
    expect((await store.get('a'))?.version).toBe(version - 1);
    expect(await names(store, 2)).toEqual(['a1', 'b1']);
    await changeDefinition(kindOf(store), { id: 'b', body: { name: 'b2' } }, by(4));
    expect(await names(store)).toEqual([expected[0], 'b2']);
    expect(await names(store, version)).toEqual(expected);
    expect(await store.version()).toBe(version + 1);
  });

  it('late brings nothing old back', async () => {
    const { place, store } = await fresh();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    let writes = 0;
    const send = async (command: { input: { Item?: unknown } }) => {
      if (command.input.Item) writes += 1;
      if (writes === 2) await held;
      return place.client.send(command as never);
    };
    const client = { send } as unknown as TestTable['client'];
    const slow = definitionStore<Body>({ ...place, client }, 'RULES').append(first(1, 'a', 'a1'));
    while ((await store.version()) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await changeDefinition(kindOf(store), { id: 'a', body: { name: 'a2' } }, by(2));
    release();
    expect(await slow).toBe(true);
    expect(await names(store)).toEqual(['a2']);
    expect((await store.get('a'))?.version).toBe(2);
  });
});

describe('earlier sets', () => {
  it('are put together across creation, change, deletion and restoration', async () => {
    const store = definitionStore<Body>(table, 'EXPERIMENTS');
    const kind = kindOf(store);
    await createDefinition(kind, { id: 'a', body: { name: 'a1' } }, by(1));
    await createDefinition(kind, { id: 'b', body: { name: 'b1' } }, by(2));
    await changeDefinition(kind, { id: 'a', body: { name: 'a2' } }, by(3));
    await deleteDefinition(kind, { id: 'a' }, by(4));
    await changeDefinition(kind, { id: 'b', body: { name: 'b2' } }, by(5));
    await restoreDefinition(kind, { id: 'a', version: 1 }, by(6));
    const sets = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((at) => names(store, at)));
    expect(sets).toEqual([[], ['a1'], ['a1', 'b1'], ['a2', 'b1'], ['b1'], ['b2'], ['a1', 'b2'], undefined]);
    expect((await store.versions('a', { limit: 9 })).map(({ version, action }) => [version, action])).toEqual(
      [
        [4, 'restored'],
        [3, 'deleted'],
        [2, 'updated'],
        [1, 'created'],
      ],
    );
  });

  it('are those of their number, also while others change them', async () => {
    const { place, store } = await fresh();
    const kind = kindOf(store);
    for (const id of ['a', 'b', 'c']) await createDefinition(kind, { id, body: { name: `${id}1` } }, by(1));
    let meanwhile: (() => Promise<unknown>) | undefined = async () => {
      await changeDefinition(kind, { id: 'a', body: { name: 'a2' } }, by(2));
      await deleteDefinition(kind, { id: 'b' }, by(3));
      await createDefinition(kind, { id: 'd', body: { name: 'd1' } }, by(4));
    };
    const send = async (command: never) => {
      const answer = await place.client.send(command);
      const once = meanwhile;
      meanwhile = undefined;
      await once?.();
      return answer;
    };
    const client = { send } as unknown as TestTable['client'];
    const set = await definitionStore<Body>({ ...place, client }, 'RULES').load();
    expect(set).toMatchObject({
      version: 3,
      defined: ['a1', 'b1', 'c1'].map((name) => ({ body: { name } })),
    });
    expect(await names(store)).toEqual(['a2', 'c1', 'd1']);
  });

  it('are not known below the versions that a definition remembers', async () => {
    const { place, store } = await fresh();
    const count = EARLIER_KEPT + 5;
    const log: Change<Body>[] = [];
    for (let at = 1; at <= count; at += 1) {
      const intent = { action: 'updated', body: { name: `a${at}` } } as const;
      log.push(changeOf(intent, { id: 'a', setVersion: at, before: log.at(-1), by: by(at) }));
    }
    const call = { database: place, name: 'test' };
    await batchPut(
      call,
      log.map((change) => logToItem('RULES', change, 'w')),
    );
    expect(await names(store)).toEqual([`a${count}`]);
    expect(await names(store, count - EARLIER_KEPT)).toEqual([`a${count - EARLIER_KEPT}`]);
    expect(await names(store, count - EARLIER_KEPT - 1)).toBeUndefined();
    expect(await store.versions('a', { limit: 300 })).toHaveLength(EARLIER_KEPT + 1);
    expect(await store.versions('a', { limit: 2, below: 7 })).toMatchObject([{ version: 6 }, { version: 5 }]);
    expect(await store.getVersion('a', 3)).toBeUndefined();
  });
});

type Step = { readonly what: 'put' | 'delete' | 'restore'; readonly id: string; readonly version: number };

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('put', 'put', 'delete', 'restore'),
  id: fc.constantFrom('a', 'b', 'c'),
  version: fc.integer({ min: 1, max: 3 }),
});

/** One step by one administrator; what is refused changes nothing. */
const run = async (store: DefinitionStore<Body>, { what, id, version }: Step, now: number) => {
  const kind = kindOf(store);
  const put = async () => {
    const body = { name: `${id} at ${now}` };
    const known = (await store.get(id))?.body;
    return known
      ? changeDefinition(kind, { id, body }, by(now))
      : createDefinition(kind, { id, body }, by(now));
  };
  const work = {
    put,
    delete: () => deleteDefinition(kind, { id }, by(now)),
    restore: () => restoreDefinition(kind, { id, version }, by(now)),
  };
  await work[what]().catch(() => undefined);
};

describe('the store', () => {
  it('does what a list in memory does, whatever is done to it, at every number', async () => {
    const property = fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const model = memoryDefinitions<Body>();
      const store = definitionStore<Body>(await inProcessTable(), 'RULES');
      for (const [at, one] of steps.entries()) {
        await run(model, one, at + 1);
        await run(store, one, at + 1);
      }
      const version = await store.version();
      expect(version).toBe(await model.version());
      for (let at = 0; at <= version + 1; at += 1) {
        expect(await store.loadAt(at)).toEqual(await model.loadAt(at));
      }
      expect(await store.load()).toEqual(await model.load());
      for (const id of ['a', 'b', 'c']) {
        expect(await store.versions(id, { limit: 50 })).toEqual(await model.versions(id, { limit: 50 }));
      }
    });
    await fc.assert(property, { seed: 20261121, numRuns: 40 });
  });

  it('loses no change of many administrators at once', async () => {
    const { store } = await fresh();
    const kind = kindOf(store);
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(ids.map((id) => createDefinition(kind, { id, body: { name: id } }, by(1))));
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((n) => changeDefinition(kind, { id: 'a', body: { name: `a${n}` }, version: 1 }, by(n))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await store.load()).defined).toHaveLength(6);
    expect(await store.version()).toBe(7);
    for (let at = 0; at <= 6; at += 1) expect((await store.loadAt(at))?.defined).toHaveLength(at);
  });
});
