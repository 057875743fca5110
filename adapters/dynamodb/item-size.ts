import type { Item } from './keys.ts';

/** One write unit pays for so much of an item. */
export const WRITE_UNIT_BYTES = 1024;

/** Two digits to a byte, and one for the exponent; rounded up, as nobody outside knows it exactly. */
const numberBytes = (value: number): number =>
  Math.ceil(String(value).replace(/\D/g, '').length / 2) + (value < 0 ? 2 : 1);

const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return numberBytes(value);
  if (value instanceof Uint8Array) return value.length;
  throw new TypeError('Only flat items are measured');
};

/**
 * Bytes of a flat item as DynamoDB counts them for capacity: names and values of all attributes, keys included
 * (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats").
 */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + (value === undefined ? 0 : Buffer.byteLength(name) + valueBytes(value)),
    0,
  );
