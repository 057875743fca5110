import type { ActiveDays } from './types.ts';

/** Days that are kept: as long as interactions are by default. */
export const KEPT_DAYS = 400;

const MASK_BYTES = KEPT_DAYS / 8;

/** The days, oldest first, as numbers since the epoch. */
export const daysIn = ({ newest, mask }: ActiveDays): number[] => {
  const days: number[] = [];
  for (let back = mask.length * 8 - 1; back >= 0; back -= 1) {
    if (((mask[back >> 3] ?? 0) >> (back & 7)) & 1) days.push(newest - back);
  }
  return days;
};

const packed = (days: ReadonlySet<number>): ActiveDays => {
  const newest = [...days].reduce((latest, day) => Math.max(latest, day), Number.NEGATIVE_INFINITY);
  const mask = new Uint8Array(MASK_BYTES);
  for (const day of days) {
    const back = newest - day;
    if (back < KEPT_DAYS) mask[back >> 3] = (mask[back >> 3] ?? 0) | (1 << (back & 7));
  }
  const used = mask.findLastIndex((byte) => byte !== 0) + 1;
  return { newest, mask: mask.slice(0, used) };
};

/** The union with more days, the newest 400 of the calendar; the same object where none of them is new. */
export const withDays = (known: ActiveDays, more: readonly number[]): ActiveDays => {
  const days = new Set(daysIn(known));
  const oldest = known.newest - KEPT_DAYS + 1;
  const fresh = more.filter((day) => !days.has(day) && (days.size === 0 || day >= oldest));
  return fresh.length === 0 ? known : packed(new Set([...days, ...fresh]));
};
