import { describe, expect, it } from '@jest/globals';
import { isTopChanged, tellOfNewList } from '../../../core/updates/list-changed.ts';
import type { Update } from '../../../core/updates/ports.ts';
import { updateId } from '../../../core/updates/update-id.ts';

const NOW = Date.UTC(2026, 10, 21, 3);

describe('the top of a list', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f'];

  it.each([
    ['the same', ['a', 'b', 'c', 'd', 'e', 'f'], false],
    ['in another order', ['e', 'd', 'c', 'b', 'a', 'f'], false],
    ['with others below it', ['a', 'b', 'c', 'd', 'e', 'z'], false],
    ['with another in it', ['a', 'b', 'c', 'd', 'f', 'e'], true],
    ['shorter', ['a', 'b'], true],
    ['empty', [], true],
  ])('%s', (_, after, expected) => {
    expect(isTopChanged(before, after)).toBe(expected);
    expect(isTopChanged(after, before)).toBe(expected);
  });

  it('of nobody before is news, of nothing is none', () => {
    expect([isTopChanged([], ['a']), isTopChanged([], [])]).toEqual([true, false]);
  });
});

describe('the update about a new list', () => {
  it('is the same in a repeated telling', async () => {
    const told: Update[] = [];
    const updates = { put: async (_: string, update: Update) => void told.push(update) };
    for (const _ of [1, 2]) await tellOfNewList(updates, { userId: 'ada', model: 7, at: NOW });
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toMatchObject({ kind: 'recommendations', at: NOW, about: 'model 7' });
  });
});

describe('an id of an update', () => {
  it('sorts by time, and tells apart what happened at the same one', () => {
    expect(updateId(NOW, 'x')).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(updateId(NOW, 'x') < updateId(NOW + 1, 'a')).toBe(true);
    const ids = Array.from({ length: 1_000 }, (_, n) => updateId(NOW, `learning/achievement-${n}`));
    expect(new Set(ids).size).toBe(1_000);
  });
});
