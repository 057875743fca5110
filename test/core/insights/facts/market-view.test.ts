import { describe, expect, it } from '@jest/globals';
import { applyChanges, catalogueOf } from '../../../../core/catalog/catalogue.ts';
import { aboutMatcher, timesAbout } from '../../../../core/insights/facts/about-index.ts';
import { marketView } from '../../../../core/insights/facts/market-view.ts';
import { catalogItem, NOW, sharedOf } from './facts-world.ts';

describe('what an item is about', () => {
  it.each([
    ['Amsterdam-Noord', { tags: ['amsterdam noord'] }, true],
    ['Amsterdam-Noord', { attributes: { city: 'Amsterdam', district: 'Noord' } }, true],
    ['Amsterdam-Noord', { title: 'Amsterdam-Noordwest' }, false],
    ['Amsterdam-Noord', { description: 'Near Amsterdam-Noord' }, false],
    ['gardens', { topics: ['Garden'] }, true],
    ['garden', { title: 'Ten gardens' }, true],
    ['city', { title: 'Cities at night' }, true],
    ['Zurich', { title: 'Zürich West' }, true],
    ['Zürich', { attributes: { places: ['Zurich'] } }, true],
    ['東京', { tags: ['東京'] }, true],
    ['the', { title: 'The end' }, false],
    ['', { title: 'The end' }, false],
    ['1', { attributes: { rooms: 1 } }, false],
  ])('%s: %j is %s', (phrase, parts, expected) => {
    expect(aboutMatcher(phrase)(catalogItem('x', { title: 'y', ...parts }))).toBe(expected);
  });

  it('is asked anew when the catalogue changes', () => {
    const before = catalogueOf(new Map([['a', catalogItem('a', { title: 'Noord' })]]), '');
    const item = catalogItem('b', { title: 'noord', updatedAt: '2026-02-01T00:00:00Z' });
    const after = applyChanges(before, [{ itemId: 'b', updatedAt: item.updatedAt, item, deleted: false }]);
    const countOf = ({ items }: typeof before) => timesAbout(items, 'Noord').published.length;
    expect([before, before, after].map(countOf)).toEqual([1, 1, 2]);
  });
});

describe('the market of somebody', () => {
  const items = [
    catalogItem('new', { title: 'Noord', publishedAt: '2026-11-19T00:00:00Z' }),
    catalogItem('old', { title: 'Noord', publishedAt: '2026-09-19T00:00:00Z' }),
    catalogItem('undated', { title: 'Noord' }),
    catalogItem('over', { title: 'Noord', expiresAt: '2026-11-19T00:00:00Z' }),
    catalogItem('soon', { title: 'Noord', publishedAt: '2026-11-29T00:00:00Z' }),
    catalogItem('other', { title: 'Harbour' }),
    catalogItem('far', { title: 'Far away' }),
  ];

  it('counts live items and those of the last 30 days, of three focuses', () => {
    const focus = ['Noord', 'Nowhere', 'Harbour', 'Far'];
    expect(marketView(sharedOf(items), { focus, interests: [] }, NOW).focuses).toEqual([
      { focus: 'Noord', items: 3, fresh: 1 },
      { focus: 'Nowhere', items: 0, fresh: 0 },
      { focus: 'Harbour', items: 1, fresh: 0 },
    ]);
  });

  it('puts what is near first among what rises, without what is over or unknown', () => {
    const shared = sharedOf(items, ['far', 'over', 'unknown', 'other', 'old']);
    const { trends } = marketView(shared, { focus: ['Noord'], interests: ['Harbour'] }, NOW);
    expect(trends.map(({ item, rank, near, about }) => [item.itemId, rank, near, about])).toEqual([
      ['old', 3, 'focus', 'Noord'],
      ['other', 2, 'interest', 'Harbour'],
      ['far', 1, 'no', undefined],
    ]);
  });

  it('of an empty catalogue is empty', () => {
    const view = marketView(sharedOf([]), { focus: ['Noord'], interests: [] }, NOW);
    expect(view.focuses).toEqual([{ focus: 'Noord', items: 0, fresh: 0 }]);
    expect(view.trends).toEqual([]);
  });
});
