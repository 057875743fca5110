import { describe, expect, it } from '@jest/globals';
import { pseudonyms } from '../../adapters/pseudonyms.ts';

describe('pseudonyms', () => {
  const of = pseudonyms(Buffer.from('key'));

  it('are the head of an HMAC-SHA256 (RFC 2104) in base64url', () => {
    // HMAC_SHA256("key", "The quick brown fox jumps over the lazy dog") = f7bc83f430538424b13298e6...
    const expected = Buffer.from('f7bc83f430538424b13298e6', 'hex').toString('base64url');
    expect(of('The quick brown fox jumps over the lazy dog')).toBe(expected);
  });

  it('are the same for the same user, others under another key', () => {
    expect(of('ada')).toBe(of('ada'));
    expect(of('ada')).not.toBe(of('grace'));
    expect(of('ada')).not.toBe(pseudonyms(Buffer.from('another'))('ada'));
  });
});
