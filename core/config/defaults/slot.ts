import type { ValueReason, ValueSource } from '../types.ts';

/** A value of the config and why it is that. */
export type Slot<T> = { readonly value: T; readonly source: ValueSource; readonly reason: string };

export const stated = <T>(value: T, what: string): Slot<T> => ({
  value,
  source: 'stated',
  reason: `${what} is among the user's preferences`,
});

export const seen = <T>(value: T, reason: string): Slot<T> => ({ value, source: 'behaviour', reason });

export const usual = <T>(value: T, reason: string): Slot<T> => ({ value, source: 'default', reason });

export const reasonOf = (path: string, { source, reason }: Slot<unknown>): ValueReason => ({
  path,
  source,
  reason,
});

/** `1 interaction`, `3 interactions` */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The confidence of a segment, 0 where the user is not in it. */
export const confidenceIn = (
  segments: readonly { readonly name: string; readonly confidence: number }[],
  segment: string,
): number => segments.find(({ name }) => name === segment)?.confidence ?? 0;

export const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;
