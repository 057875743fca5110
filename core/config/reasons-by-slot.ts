import type { ValueReason } from './types.ts';

/** Reasons in the contract's words: by the path of the slot. */
export const reasonsBySlot = (reasons: readonly ValueReason[]): Record<string, Omit<ValueReason, 'path'>> =>
  Object.fromEntries(reasons.map(({ path, ...reason }) => [path, reason]));
