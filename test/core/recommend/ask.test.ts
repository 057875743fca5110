import { describe, expect, it } from '@jest/globals';
import { nextOffset, placeOf, plainRequest, typesIn } from '../../../core/recommend/ask.ts';

const result = (total: number) => ({ items: [], rung: 'newest' as const, nextRung: '', reason: '', total });

describe('a question for recommendations', () => {
  it('has a next page exactly when more was found than is shown', () => {
    const request = plainRequest({ limit: 10, offset: 20, now: 0 });
    expect([30, 31].map((total) => nextOffset(request, result(total)))).toEqual([null, 30]);
  });

  it('is plain where nothing else is said', () => {
    expect(plainRequest({ limit: 5, now: 1, diversity: 0.2 })).toEqual({
      strategy: 'hybrid',
      limit: 5,
      offset: 0,
      exclude: [],
      includeSeen: false,
      diversity: 0.2,
      now: 1,
    });
  });

  it('names its place and reads its list of types', () => {
    expect([placeOf('dashboard'), placeOf({ page: 'a' }), placeOf(undefined)]).toEqual([
      'dashboard',
      '{"page":"a"}',
      '""',
    ]);
    expect([typesIn('project, service,'), typesIn(undefined)]).toEqual([['project', 'service'], undefined]);
  });
});
