import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { BadgeHashes } from '../core/achievements/badge.ts';

const KEY_BYTES = 32;

/** Hashes of badges under a key that is derived from `secret` by HKDF-SHA256. */
export const badgeHashes = (secret: Uint8Array): BadgeHashes => {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'attune badge', KEY_BYTES));
  return {
    salt: (...of) => createHmac('sha256', key).update(JSON.stringify(of)).digest('hex'),
    digest: (text) => createHash('sha256').update(text).digest('hex'),
  };
};
