import { describe, expect, it } from '@jest/globals';
import { etagOf, namesTag, taggedAs } from '../../../../lambdas/runtime/http/etag.ts';

const etag = etagOf({ a: 1 });

describe('entity tags', () => {
  it('are equal for equal values, and others for others', () => {
    expect(etagOf({ a: 1 })).toBe(etag);
    expect(etagOf({ a: 2 })).not.toBe(etag);
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(taggedAs({ a: 1 })).toEqual({ etag, 'cache-control': 'private, no-cache' });
  });

  it.each([
    [etag, true],
    [`W/${etag}`, true],
    [`"x", ${etag}`, true],
    [`"x",W/${etag},"y"`, true],
    [' * ', true],
    ['"x"', false],
    [etag.slice(1, -1), false],
    [`"${etag.slice(1, 10)}"`, false],
    ['', false],
    ['""', false],
    ['"*"', false],
    ['"'.repeat(50_000), false],
  ])('are found by If-None-Match %s: %s', (header, expected) => {
    expect(namesTag(header, etag)).toBe(expected);
  });
});
