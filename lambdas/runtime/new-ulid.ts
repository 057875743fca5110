import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';

const POOLED = 4_096;

let pool = new Uint8Array();
let used = 0;

/** One byte of chance, 0-1. The library asks the system for each of sixteen: a third of a bulk request's processor time. */
const chance = (): number => {
  if (used === pool.length) {
    pool = randomBytes(POOLED);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte / 256;
};

/** A new id that sorts by `now` (ms): https://github.com/ulid/spec. */
export const newUlid = (now: number): string => ulid(now, chance);
