import { describe, expect, it } from '@jest/globals';
import { badgeHashes } from '../../adapters/badge-hashes.ts';

const [hashes, others] = [badgeHashes(new Uint8Array(32).fill(1)), badgeHashes(new Uint8Array(32).fill(2))];

describe('hashes of badges', () => {
  it('are those of the specification: identity, then salt, in SHA-256 and hex', () => {
    expect(hashes.digest('a@example.comKosher')).toBe(
      'b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
    );
  });

  it('have salts that follow from the key and from where one text ends and the next begins', () => {
    expect(hashes.salt('a', 'bc')).toBe(hashes.salt('a', 'bc'));
    const salts = [
      hashes.salt('a', 'bc'),
      hashes.salt('ab', 'c'),
      hashes.salt('abc'),
      others.salt('a', 'bc'),
    ];
    expect(new Set(salts).size).toBe(4);
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{64}$/);
  });
});
