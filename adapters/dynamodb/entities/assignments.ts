import type { StickyAssignments } from '../../../core/experiments/types.ts';
import { type Item, key, PERSONALIZATION, userPartition } from '../keys.ts';

/** Sorts before `PERSONALIZATION#BEHAVIOUR`, so that the Query for a user's head brings it. */
export const ASSIGNMENTS_SORT = `${PERSONALIZATION}#ASSIGNMENTS`;

/** Each arm is an attribute of its own, so that one write adds arms without knowing the others. */
const ARM = 'a:';

/** `[variant, seconds since the epoch, propensity]` */
type StoredArm = readonly [variant: string, seenAt: number, propensity?: number];

export const assignmentsKey = (userId: string) => key(userPartition(userId), ASSIGNMENTS_SORT);

/** The attribute that holds the arm of one line. */
export const armAttribute = (line: string): string => `${ARM}${line}`;

/** The arms as attributes. */
export const armsToAttributes = (sticky: StickyAssignments): Item =>
  Object.fromEntries(
    Object.entries(sticky).map(([line, [variant, exposedAt, propensity]]) => {
      const seenAt = Math.floor(exposedAt / 1_000);
      const arm: StoredArm = propensity === undefined ? [variant, seenAt] : [variant, seenAt, propensity];
      return [armAttribute(line), arm];
    }),
  );

const armOf = ([variant, seenAt, propensity]: StoredArm): StickyAssignments[string] =>
  propensity === undefined ? [variant, seenAt * 1_000] : [variant, seenAt * 1_000, propensity];

/** The arms that a user saw; none where the user has no such item. */
export const assignmentsFromItem = (item: Item | undefined): StickyAssignments =>
  Object.fromEntries(
    Object.entries(item ?? {})
      .filter(([name]) => name.startsWith(ARM))
      .map(([name, arm]) => [name.slice(ARM.length), armOf(arm as StoredArm)]),
  );
