import { type Caller, mayActFor } from '../../access/caller.ts';
import { newDecisionId, wholeDecisionId } from '../../decisions/decision-id.ts';
import type { UserSeal } from '../../decisions/ports.ts';
import { Forbidden, NotFound } from '../../errors.ts';

const BEGINNING = 'lp';
const WHOLE = /^(lp\.[0-9A-Z]{26})(?:\.([A-Za-z0-9_-]{10,}))?$/;
const UNKNOWN =
  'There is no such learning path. Where the id does not name its user, the request must: user ids over 60 characters';

/** A bare id, which sorts by `now` (ms). */
export const newPathId = (now: number, newId: () => string): string => newDecisionId(BEGINNING, now, newId);

/** The id as clients see it: with the sealed user, where that fits. */
export const wholePathId = (seal: UserSeal, userId: string, bare: string): string =>
  wholeDecisionId(bare, seal.seal(userId, bare));

export type NamedPath = { readonly bare: string; readonly userId: string };

/**
 * The bare id and the owner of a path: whom the id seals, else whom the request is about.
 * @throws NotFound for what is no id of a path or was changed, Forbidden for a user who names somebody else's
 */
export const namedPath = (
  seal: UserSeal,
  { pathId, caller, userId }: { pathId: string; caller: Caller; userId: string },
): NamedPath => {
  const match = WHOLE.exec(pathId);
  if (!match) throw new NotFound(UNKNOWN);
  const [, bare = '', sealed] = match;
  if (sealed === undefined) return { bare, userId };
  const owner = seal.open(sealed, bare);
  if (owner === undefined) throw new NotFound(UNKNOWN);
  if (!mayActFor(caller, owner)) throw new Forbidden();
  if (userId !== owner && userId !== caller.sub) throw new NotFound(UNKNOWN);
  return { bare, userId: owner };
};

export const unknownPath = (): NotFound => new NotFound(UNKNOWN);
