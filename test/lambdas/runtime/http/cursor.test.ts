import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Invalid } from '../../../../core/errors.ts';
import { decodeCursor, encodeCursor } from '../../../../lambdas/runtime/http/cursor.ts';

const KEY = Buffer.from('a key of thirty-two bytes length');
const RUNS = { seed: 20261121, numRuns: 300 };

describe('a cursor', () => {
  it('gives back the position that it was made for', () => {
    const property = fc.property(fc.jsonValue(), fc.string(), (position, scope) => {
      expect(decodeCursor(KEY, scope, encodeCursor(KEY, scope, position))).toEqual(
        JSON.parse(JSON.stringify(position)),
      );
    });
    fc.assert(property, RUNS);
  });

  it('is refused after any change of any character', () => {
    const cursor = encodeCursor(KEY, 'list ada', { occurredAt: 1, interactionId: 'i-1' });
    const letter = fc.constantFrom(...'ABCwxyz019-_.=+/ \u0000'.split(''));
    const property = fc.property(
      fc.nat({ max: cursor.length }),
      letter,
      fc.boolean(),
      (at, put, replaces) => {
        const changed = cursor.slice(0, at) + put + cursor.slice(at + (replaces ? 1 : 0));
        fc.pre(changed !== cursor);
        expect(() => decodeCursor(KEY, 'list ada', changed)).toThrow(Invalid);
      },
    );
    fc.assert(property, RUNS);
  });

  it('fits only its own list, and only this key', () => {
    const cursor = encodeCursor(KEY, 'list ada', 1);
    expect(() => decodeCursor(KEY, 'list bob', cursor)).toThrow(Invalid);
    expect(() => decodeCursor(Buffer.from('another'), 'list ada', cursor)).toThrow(Invalid);
  });
});
