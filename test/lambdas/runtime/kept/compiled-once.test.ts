import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDefinition } from '../../../../core/definitions/change-definitions.ts';
import type { DefinitionStore } from '../../../../core/definitions/ports.ts';
import type { DefinitionSet } from '../../../../core/definitions/types.ts';
import { compiledOnce } from '../../../../lambdas/runtime/kept/compiled-once.ts';
import { startClock, type TestClock } from '../../../support/clock.ts';
import { memoryDefinitions } from '../../../support/definitions.ts';

let clock: TestClock;
beforeEach(() => {
  clock = startClock();
});
afterEach(() => clock.restore());

const world = () => {
  const store = memoryDefinitions<string>();
  const calls = { version: 0, load: 0, compile: 0 };
  let broken = false;
  const counted: DefinitionStore<string> = {
    ...store,
    version: async () => {
      calls.version += 1;
      if (broken) throw new Error('no table');
      return store.version();
    },
    load: async () => {
      calls.load += 1;
      if (broken) throw new Error('no table');
      return store.load();
    },
  };
  const compile = (set: DefinitionSet<string>) => {
    calls.compile += 1;
    return { version: set.version, names: set.defined.map(({ body }) => body) };
  };
  const add = (name: string) => {
    const kind = { store, word: 'rule', most: 9 };
    return createDefinition(kind, { id: name, body: name }, { sub: 'root', now: 1 });
  };
  const breakTable = (is: boolean) => {
    broken = is;
  };
  return { store, counted, calls, add, breakTable, current: compiledOnce(() => counted, compile) };
};

describe('a compiled set', () => {
  it('is loaded once by all who ask at once, and kept for five seconds without a question', async () => {
    const { current, calls, add } = world();
    await add('a');
    const sets = await Promise.all([current(), current(), current()]);
    expect(new Set(sets).size).toBe(1);
    await add('b');
    clock.advance(4_900);
    expect(await current()).toBe(sets[0]);
    expect(calls).toEqual({ version: 0, load: 1, compile: 1 });
  });

  it('is the same object while nothing was changed', async () => {
    const { current, calls, add } = world();
    await add('a');
    const first = await current();
    for (let round = 1; round <= 3; round += 1) {
      clock.advance(5_100);
      expect(await current()).toBe(first);
      expect(calls).toEqual({ version: round, load: 1, compile: 1 });
    }
  });

  it('has a change within five seconds', async () => {
    const { current, add } = world();
    expect(await current()).toEqual({ version: 0, names: [] });
    await add('a');
    clock.advance(5_100);
    expect(await current()).toEqual({ version: 1, names: ['a'] });
  });

  it('never goes back to what a lagging replica says', async () => {
    const { current, calls, add, counted } = world();
    await add('a');
    const first = await current();
    counted.version = async () => 0;
    clock.advance(5_100);
    expect(await current()).toBe(first);
    expect(calls.load).toBe(1);
  });

  it('serves on when the table fails, and is asked again later', async () => {
    const { current, add, breakTable } = world();
    breakTable(true);
    await expect(current()).rejects.toThrow('no table');
    breakTable(false);
    await add('a');
    expect(await current()).toMatchObject({ version: 1 });
    await add('b');
    breakTable(true);
    clock.advance(5_100);
    expect(await current()).toMatchObject({ version: 1 });
    breakTable(false);
    clock.advance(5_100);
    expect(await current()).toMatchObject({ version: 2 });
  });
});
