import { createHmac } from 'node:crypto';

/** 96 bits: among 10^9 users a collision is less likely than 10^-10. */
const LENGTH = 16;

/**
 * Pseudonyms of user ids for training data: the head of HMAC-SHA256 under a key that stays in the table, so that the same
 * user has the same one every night and nobody without the key can tell whose it is.
 */
export const pseudonyms =
  (key: Uint8Array): ((userId: string) => string) =>
  (userId) =>
    createHmac('sha256', key).update(userId).digest('base64url').slice(0, LENGTH);
