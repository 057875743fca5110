import { describe, expect, it } from '@jest/globals';
import {
  changeDefinition,
  createDefinition,
  deleteDefinition,
  restoreDefinition,
} from '../../../core/definitions/change-definitions.ts';
import type { DefinitionKind } from '../../../core/definitions/definition-kind.ts';
import type { DefinitionStore } from '../../../core/definitions/ports.ts';
import { getDefinition, listVersions } from '../../../core/definitions/read-definitions.ts';
import { Conflict, Invalid, NotFound } from '../../../core/errors.ts';
import { memoryDefinitions } from '../../support/definitions.ts';

type Body = { readonly name: string; readonly count?: number };

const by = (now: number) => ({ sub: 'root', now });
const kindOf = (changes: Partial<DefinitionKind<Body>> = {}): DefinitionKind<Body> => ({
  store: memoryDefinitions<Body>(),
  word: 'rule',
  most: 3,
  ...changes,
});

/** A store before whose next append somebody else makes a change of their own. */
const racing = (store: DefinitionStore<Body>, others: (() => Promise<unknown>)[]): DefinitionStore<Body> => ({
  ...store,
  append: async (change) => {
    await others.shift()?.();
    return store.append(change);
  },
});

describe('limits', () => {
  it('name the most that may be in force; what was deleted makes room', async () => {
    const kind = kindOf();
    for (const id of ['a', 'b', 'c']) await createDefinition(kind, { id, body: { name: id } }, by(1));
    const fourth = createDefinition(kind, { id: 'd', body: { name: 'd' } }, by(2));
    await expect(fourth).rejects.toThrow(Invalid);
    await expect(fourth).rejects.toMatchObject({
      errors: [{ path: 'rules', message: expect.stringContaining('3 rules') }],
    });
    await changeDefinition(kind, { id: 'c', body: { name: 'still there' } }, by(3));
    await deleteDefinition(kind, { id: 'a' }, by(4));
    await createDefinition(kind, { id: 'd', body: { name: 'd' } }, by(5));
    await expect(restoreDefinition(kind, { id: 'a', version: 1 }, by(6))).rejects.toThrow(Invalid);
  });
});

describe('another administrator who is first', () => {
  it('with something else: the change is made on top', async () => {
    const kind = kindOf();
    await createDefinition(kind, { id: 'a', body: { name: 'a' } }, by(1));
    const others = [() => createDefinition(kind, { id: 'b', body: { name: 'b' } }, by(2))];
    const waits: number[] = [];
    const pause = async (attempt: number) => void waits.push(attempt);
    const late = { ...kind, store: racing(kind.store, others), pause };
    const changed = await changeDefinition(late, { id: 'a', body: { name: 'a2' }, version: 1 }, by(3));
    expect(changed).toMatchObject({ version: 2, setVersion: 3 });
    expect(waits).toEqual([1]);
  });

  it('with the same one: a stated version is stale then, and a function sees what is there', async () => {
    const kind = kindOf();
    await createDefinition(kind, { id: 'a', body: { name: 'a', count: 0 } }, by(1));
    const add = ({ count = 0, ...body }: Body): Body => ({ ...body, count: count + 1 });
    const other = () => changeDefinition(kind, { id: 'a', body: add }, by(2));
    const stale = { ...kind, store: racing(kind.store, [other]) };
    await expect(changeDefinition(stale, { id: 'a', body: add, version: 1 }, by(3))).rejects.toThrow(
      new Conflict('The rule is at version 2, not 1: read it again and repeat the change on it'),
    );
    const late = { ...kind, store: racing(kind.store, [other]) };
    expect((await changeDefinition(late, { id: 'a', body: add }, by(4))).body.count).toBe(3);
  });

  it('and deletes it: there is nothing to change', async () => {
    const kind = kindOf();
    await createDefinition(kind, { id: 'a', body: { name: 'a' } }, by(1));
    const late = { ...kind, store: racing(kind.store, [() => deleteDefinition(kind, { id: 'a' }, by(2))]) };
    await expect(changeDefinition(late, { id: 'a', body: { name: 'a2' } }, by(3))).rejects.toThrow(NotFound);
  });

  it('and takes the last place, or makes the body impossible: it is checked again', async () => {
    const check: DefinitionKind<Body>['check'] = ({ name }, { defined }, before) =>
      defined.some(({ id, body }) => body.name === name && id !== before?.id)
        ? [{ path: 'name', message: 'is taken' }]
        : [];
    const kind = kindOf({ most: 2, check });
    await createDefinition(kind, { id: 'a', body: { name: 'a' } }, by(1));
    const other = () => createDefinition(kind, { id: 'b', body: { name: 'b' } }, by(2));
    const late = { ...kind, store: racing(kind.store, [other]) };
    await expect(createDefinition(late, { id: 'c', body: { name: 'c' } }, by(3))).rejects.toThrow(Invalid);
    const rename = changeDefinition(kind, { id: 'a', body: { name: 'b' } }, by(4));
    await expect(rename).rejects.toMatchObject({ errors: [{ path: 'name', message: 'is taken' }] });
  });

  it('again and again: a conflict, after a dozen attempts', async () => {
    const store = { ...memoryDefinitions<Body>(), append: async () => false };
    await expect(
      createDefinition(kindOf({ store }), { id: 'a', body: { name: 'a' } }, by(1)),
    ).rejects.toThrow(Conflict);
  });
});

describe('a repeat', () => {
  it('of a creation answers the first, and is refused once that was deleted', async () => {
    const kind = kindOf();
    const first = await createDefinition(kind, { id: 'a', body: { name: 'a' } }, by(1));
    expect(await createDefinition(kind, { id: 'a', body: { name: 'again' } }, by(2))).toEqual(first);
    await deleteDefinition(kind, { id: 'a' }, by(3));
    await expect(createDefinition(kind, { id: 'a', body: { name: 'a' } }, by(4))).rejects.toThrow(Conflict);
  });

  it('of a restoration makes no further version', async () => {
    const kind = kindOf();
    await createDefinition(kind, { id: 'a', body: { name: 'a1' } }, by(1));
    await changeDefinition(kind, { id: 'a', body: { name: 'a2' } }, by(2));
    const same = await restoreDefinition(kind, { id: 'a', version: 2 }, by(3));
    expect(same).toMatchObject({ version: 2, changedAt: 2 });
    for (const now of [4, 5]) {
      const restored = await restoreDefinition(kind, { id: 'a', version: 1 }, by(now));
      expect(restored).toMatchObject({ version: 3, changedAt: 4, body: { name: 'a1' } });
    }
  });
});

describe('versions', () => {
  it('keep who, when and why, and the time of creation', async () => {
    const kind = kindOf();
    await createDefinition(kind, { id: 'a', body: { name: 'a1' } }, by(1));
    const author = { sub: 'grace', now: 2, reason: 'it did harm' };
    expect(await changeDefinition(kind, { id: 'a', body: { name: 'a2' } }, author)).toMatchObject({
      action: 'updated',
      createdAt: 1,
      changedAt: 2,
      changedBy: 'grace',
      reason: 'it did harm',
      earlier: [[1, 1]],
    });
    expect(await getDefinition(kind, 'a')).toMatchObject({ version: 2 });
    const page = await listVersions(kind, 'a', { limit: 1 });
    expect(page).toMatchObject({ versions: [{ version: 2 }], next: 2 });
    expect(await listVersions(kind, 'a', { limit: 1, below: 2 })).toMatchObject({
      versions: [{ version: 1 }],
      next: null,
    });
    await expect(listVersions(kind, 'b', { limit: 1 })).rejects.toThrow(NotFound);
  });
});
