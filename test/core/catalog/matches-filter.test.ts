import { describe, expect, it } from '@jest/globals';
import { isExpired, matchesFilter } from '../../../core/catalog/matches-filter.ts';
import { catalogItem } from '../recommend/recommend-world.ts';

const house = catalogItem('house', {
  type: 'listing',
  tags: ['garden', 'pool'],
  attributes: { rooms: 4, city: 'Porto', features: ['lift', 'view'], sold: false },
});

describe('matchesFilter', () => {
  it.each([
    ['an empty filter', {}, true],
    ['empty lists, which ask for nothing', { types: [], tags: [], attributes: { missing: [] } }, true],
    ['one of the types', { types: ['video', 'listing'] }, true],
    ['another type', { types: ['video'] }, false],
    ['any of the tags', { tags: ['roof', 'pool'] }, true],
    ['none of the tags', { tags: ['roof'] }, false],
    ['an attribute', { attributes: { rooms: 4 } }, true],
    ['no conversion between types', { attributes: { rooms: '4' } }, false],
    ['false as a value', { attributes: { sold: false } }, true],
    ['one of several values', { attributes: { city: ['Lisbon', 'Porto'] } }, true],
    ["a member of the item's own list", { attributes: { features: 'view' } }, true],
    ['any of several in the own list', { attributes: { features: ['cellar', 'lift'] } }, true],
    ['every attribute must hold', { attributes: { rooms: 4, city: 'Lisbon' } }, false],
    ['an attribute that the item lacks', { attributes: { price: 1 } }, false],
    ['a name that only the prototype has', { attributes: { constructor: 'x' } }, false],
    ['every part must hold', { types: ['listing'], tags: ['roof'] }, false],
  ])('%s', (_, filter, expected) => {
    expect(matchesFilter(house, filter)).toBe(expected);
  });
});

describe('isExpired', () => {
  it('ends at the very moment', () => {
    const item = catalogItem('x', { expiresAt: '2026-01-01T00:00:00Z' });
    const end = Date.parse('2026-01-01T00:00:00Z');
    expect([end - 1, end, end + 1].map((now) => isExpired(item, now))).toEqual([false, true, true]);
  });

  it('never for an item without an end or with one that is no date', () => {
    expect(isExpired(catalogItem('x'), Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(isExpired(catalogItem('x', { expiresAt: 'soon' }), Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});
