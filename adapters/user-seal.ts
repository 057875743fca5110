import {
  createCipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import type { UserSeal } from '../core/decisions/ports.ts';

const KEY_BYTES = 32;
/** 48 bits: who guesses needs 10^14 requests for one hit. */
const TAG_BYTES = 6;
const BLOCK_BYTES = 16;
/** The end of a bare id: five bits of chance in each. */
const CHANCE_BYTES = 6;

type Keys = { readonly tag: KeyObject; readonly cipher: KeyObject };

const keysFrom = (secret: Uint8Array): Keys => {
  const derived = Buffer.from(hkdfSync('sha256', secret, '', 'attune decision user', 2 * KEY_BYTES));
  return {
    tag: createSecretKey(derived.subarray(0, KEY_BYTES)),
    cipher: createSecretKey(derived.subarray(KEY_BYTES)),
  };
};

const tagOf = ({ tag }: Keys, user: Buffer, bareId: string): Buffer =>
  createHmac('sha256', tag).update(`${bareId}\n`).update(user).digest().subarray(0, TAG_BYTES);

/** Where the counter begins: tag, chance of the id, zeros. Two users or two decisions share one with a chance below 10^-20. */
const startOf = (tag: Buffer, bareId: string): Buffer => {
  const start = Buffer.alloc(BLOCK_BYTES);
  tag.copy(start);
  start.write(bareId.slice(-CHANCE_BYTES), TAG_BYTES);
  return start;
};

const crypted = ({ cipher }: Keys, bytes: Buffer, tag: Buffer, bareId: string): Buffer =>
  createCipheriv('aes-256-ctr', cipher, startOf(tag, bareId)).update(bytes);

/**
 * Seals users into ids of decisions: AES-256 in counter mode that starts at an authentication tag, the idea of RFC 5297 (SIV):
 * equal input gives equal text, and a changed text is known as such. `secret` is random; its keys are derived by HKDF-SHA256.
 */
export const userSeal = (secret: Uint8Array): UserSeal => {
  const keys = keysFrom(secret);
  return {
    seal: (userId, bareId) => {
      const user = Buffer.from(userId);
      const tag = tagOf(keys, user, bareId);
      return Buffer.concat([tag, crypted(keys, user, tag, bareId)]).toString('base64url');
    },
    open: (sealed, bareId) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const tag = bytes.subarray(0, TAG_BYTES);
      if (bytes.length <= TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined;
      const user = crypted(keys, bytes.subarray(TAG_BYTES), tag, bareId);
      return timingSafeEqual(tagOf(keys, user, bareId), tag) ? user.toString('utf8') : undefined;
    },
  };
};
