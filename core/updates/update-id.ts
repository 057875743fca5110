import { timeText } from '../decisions/decision-id.ts';
import { nameHash } from '../profile/fold/name-hash.ts';

/**
 * An id in the form of a ULID that is the same for the same news, so that telling it again adds nothing. `at` in ms since the epoch;
 * `about` tells apart what happened to one user in one millisecond.
 */
export const updateId = (at: number, about: string): string => {
  const tail = [0, 1].map((seed) => nameHash(about, seed).toString(16).padStart(8, '0')).join('');
  return `${timeText(at)}${tail.toUpperCase()}`;
};
