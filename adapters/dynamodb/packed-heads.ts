import { configDecisionId, partsOfConfigId } from '../../core/decisions/decision-id.ts';
import type { ConfigHead } from './store-types.ts';

/** `[context, head]`, the item's own decision first. */
export type HeadRow = readonly [context: string, head: ConfigHead];

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHANCE_DIGITS = 8;
const [CONTEXT_BYTES, AGE_BYTES, CHANCE_BYTES, DIGEST_BYTES] = [3, 4, 5, 5];
const OWN_BYTES = CONTEXT_BYTES + DIGEST_BYTES;
const OTHER_BYTES = CONTEXT_BYTES + AGE_BYTES + CHANCE_BYTES + DIGEST_BYTES;

const hexBytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

const chanceBytes = (chance: string): Buffer => {
  const number = [...chance].reduce((sum, digit) => sum * 32 + DIGITS.indexOf(digit), 0);
  const bytes = Buffer.alloc(CHANCE_BYTES);
  bytes.writeUIntBE(number, 0, CHANCE_BYTES);
  return bytes;
};

const chanceText = (bytes: Buffer): string =>
  bytes.readUIntBE(0, CHANCE_BYTES).toString(32).padStart(CHANCE_DIGITS, '0').replace(/./g, digitOf);

/** A digit as `toString(32)` writes it in that of ids. */
const digitOf = (digit: string): string => DIGITS[Number.parseInt(digit, 32)] ?? '0';

/** Clocks differ: what another function decided a moment ago may be of the next moment. */
const SKEW_MS = 600_000;
const MOST_AGE_MS = 2 ** 32 - 1 - SKEW_MS;

const ageBytes = (ms: number): Buffer => {
  const bytes = Buffer.alloc(AGE_BYTES);
  bytes.writeUInt32BE(ms + SKEW_MS);
  return bytes;
};

/** The last decisions of all contexts as bytes, 17 for each: they cannot be deflated, and an item with them has 1 KB. */
export const packHeads = ([own, ...others]: readonly HeadRow[]): Uint8Array => {
  if (!own) return Buffer.alloc(0);
  const [context, { decisionId, digest }] = own;
  const { decidedAt } = partsOfConfigId(decisionId);
  const rows = others.map(([other, head]) => {
    const parts = partsOfConfigId(head.decisionId);
    const age = decidedAt - parts.decidedAt;
    if (age < -SKEW_MS || age > MOST_AGE_MS) return [];
    return [hexBytes(other), ageBytes(age), chanceBytes(parts.chance), hexBytes(head.digest)];
  });
  return Buffer.concat([hexBytes(context), hexBytes(digest), ...rows.flat()]);
};

const hexIn = (bytes: Buffer, from: number, length: number): string =>
  bytes.subarray(from, from + length).toString('hex');

const otherRow = (bytes: Buffer, decidedAt: number): HeadRow => {
  const chance = bytes.subarray(CONTEXT_BYTES + AGE_BYTES);
  const at = decidedAt - (bytes.readUInt32BE(CONTEXT_BYTES) - SKEW_MS);
  return [
    hexIn(bytes, 0, CONTEXT_BYTES),
    {
      decisionId: configDecisionId(at, chanceText(chance)),
      digest: hexIn(bytes, OTHER_BYTES - DIGEST_BYTES, DIGEST_BYTES),
    },
  ];
};

/** The inverse of `packHeads`, for the item of the decision `decisionId`. */
export const unpackHeads = (packed: Uint8Array, decisionId: string): HeadRow[] => {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const { decidedAt } = partsOfConfigId(decisionId);
  const rows: HeadRow[] = [
    [hexIn(bytes, 0, CONTEXT_BYTES), { decisionId, digest: hexIn(bytes, CONTEXT_BYTES, DIGEST_BYTES) }],
  ];
  for (let from = OWN_BYTES; from + OTHER_BYTES <= bytes.length; from += OTHER_BYTES)
    rows.push(otherRow(bytes.subarray(from, from + OTHER_BYTES), decidedAt));
  return rows;
};
