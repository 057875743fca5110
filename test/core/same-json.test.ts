import { describe, expect, it } from '@jest/globals';
import { sameJson } from '../../core/same-json.ts';

describe('equal JSON', () => {
  it('goes by what is there, not by the order of keys', () => {
    expect(sameJson({ a: 1, b: { c: [1, { d: 2, e: 3 }] } }, { b: { c: [1, { e: 3, d: 2 }] }, a: 1 })).toBe(
      true,
    );
  });

  it('goes by the order of lists, by types, and by what is missing', () => {
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson({ a: '1' }, { a: 1 })).toBe(false);
    expect(sameJson({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(sameJson(undefined, null)).toBe(true);
  });
});
