/** Versions take turns in so many places: the one in service and the two before it. */
export const SLOTS = 3;

export const slotOf = (version: number): number => version % SLOTS;

/**
 * The number of the next model: greater than any before, and not in the slot of the one in service, whose lists must
 * stay whole until the next is promoted (after a rollback the in-service version may stand in the very next slot).
 */
export const nextVersion = (known: readonly number[], inService: number | undefined): number => {
  const next = Math.max(0, inService ?? 0, ...known) + 1;
  return inService !== undefined && slotOf(next) === slotOf(inService) ? next + 1 : next;
};
