import { expect } from '@jest/globals';

const RELATIVE = 1e-9;

const sameNumber = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));

/** The first place where two JSON values differ by more than rounding, as a path; undefined when there is none. */
export const difference = (a: unknown, b: unknown, path = '$'): string | undefined => {
  if (typeof a === 'number' && typeof b === 'number')
    return sameNumber(a, b) ? undefined : `${path}: ${a} ${b}`;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b ? undefined : `${path}: ${JSON.stringify(a)} ${JSON.stringify(b)}`;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const inner = difference((a as never)[key], (b as never)[key], `${path}.${key}`);
    if (inner) return inner;
  }
  return undefined;
};

/** Equal but for the rounding of sums in another order (relative 1e-9). */
export const expectNear = (a: unknown, b: unknown): void => expect(difference(a, b)).toBeUndefined();
