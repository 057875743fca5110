import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ContentAnalysis, enriched } from '../../../core/catalog/content-analysis.ts';
import { engagedTerms, stylesOf } from '../../../core/catalog/engaged-terms.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';

const item = (given: Partial<CatalogItem> = {}): CatalogItem => ({
  itemId: 'video-1',
  type: 'video',
  title: 'A video',
  tags: [],
  topics: [],
  genres: [],
  skills: [],
  attributes: {},
  updatedAt: '2026-11-20T00:00:00.000Z',
  ...given,
});

const word = fc.constantFrom('night', 'Night', 'drone', 'coffee', 'retro', 'Retro', 'bold', '__proto__');
const words = fc.array(word, { maxLength: 6 });

const analysis: fc.Arbitrary<ContentAnalysis> = fc.record(
  {
    topics: words,
    style: word,
    sentiment: fc.oneof(
      fc.constantFrom('positive' as const, 'negative' as const, 'neutral' as const),
      fc.double({ min: -1, max: 1, noNaN: true }),
    ),
    quality: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  { requiredKeys: ['topics'] },
);

const owned = fc
  .record({ topics: words, tags: words, style: fc.option(word, { nil: undefined }) })
  .map(({ topics, tags, style }) =>
    item({ topics, tags, attributes: style === undefined ? {} : { style, owner: 'studio' } }),
  );

const lower = (list: readonly string[]) => list.map((one) => one.toLowerCase());

describe('what an analysis found', () => {
  it('is put in once, however often it is told', () => {
    fc.assert(
      fc.property(owned, analysis, (before, found) => {
        const once = enriched(before, found);
        expect(enriched(once, found)).toEqual(once);
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  it('never takes a word from the owner, and leaves none of an analysis that another one replaced', () => {
    fc.assert(
      fc.property(owned, analysis, analysis, (before, first, second) => {
        const after = enriched(enriched(before, first), second);
        expect(lower(after.topics)).toEqual(expect.arrayContaining(lower(before.topics)));
        expect(lower(after.tags)).toEqual(expect.arrayContaining(lower(before.tags)));
        if (before.attributes.style !== undefined)
          expect(after.attributes).toMatchObject({ owner: 'studio' });
        if (second.topics.length === 0) return;
        const allowed = new Set(lower([...before.topics, ...second.topics]));
        expect(lower(after.topics).filter((topic) => !allowed.has(topic))).toEqual([]);
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  it('is bounded by what an item may hold', () => {
    const many = (name: string) => Array.from({ length: 50 }, (_, n) => `${name}-${n}`);
    const after = enriched(item({ topics: many('own').slice(0, 40) }), { topics: many('found') });
    expect(after.topics).toHaveLength(50);
    expect(after.topics.slice(0, 40)).toEqual(many('own').slice(0, 40));
  });

  it('keeps what it does not speak of', () => {
    const first = enriched(item(), { topics: ['night'], style: 'retro', quality: 0.8 });
    const second = enriched(first, { topics: [], sentiment: -0.5 });
    expect(second).toMatchObject({
      topics: ['night'],
      tags: ['retro'],
      attributes: { style: 'retro', quality: 0.8, sentiment: 'negative' },
    });
  });

  it('stands beside anything that an owner wrote in its place', () => {
    for (const odd of [null, 'text', 7, ['a'], { topics: 'x', added: 3 }, { added: { topics: [1] } }])
      expect(enriched(item({ attributes: { analysis: odd } }), { topics: ['night'] }).topics).toEqual([
        'night',
      ]);
  });
});

describe('styles and topics of contents that a user engaged with', () => {
  const items = new Map(
    [
      item({ itemId: 'a', topics: ['night'], attributes: { visualStyle: 'Retro', style: 'retro' } }),
      item({ itemId: 'b', topics: ['Night', 'coffee'], attributes: { style: 'bold' } }),
      item({ itemId: 'c', attributes: { style: 7, visualStyle: '  ' } }),
    ].map((one) => [one.itemId, one]),
  );
  const of = (history: { itemId: string; weight: number }[]) =>
    engagedTerms(history, (itemId) => items.get(itemId));

  it('weigh as much as the contents did, each once whatever its case', () => {
    const found = of([
      { itemId: 'a', weight: 3 },
      { itemId: 'b', weight: 1 },
      { itemId: 'gone', weight: 5 },
    ]);
    expect(found).toEqual({
      styles: [
        { name: 'retro', contents: 1, share: 0.75 },
        { name: 'bold', contents: 1, share: 0.25 },
      ],
      topics: [
        { name: 'night', contents: 2, share: 1 },
        { name: 'coffee', contents: 1, share: 0.25 },
      ],
    });
  });

  it('are none where nothing is known', () => {
    expect(of([])).toEqual({ styles: [], topics: [] });
    expect(of([{ itemId: 'c', weight: 1 }])).toEqual({ styles: [], topics: [] });
    expect(stylesOf(items.get('c')!)).toEqual([]);
  });
});
