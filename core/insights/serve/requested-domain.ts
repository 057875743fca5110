import type { Caller } from '../../access/caller.ts';
import { Forbidden } from '../../errors.ts';

/**
 * Name of the domain that a request is about: the stack's own, unless a service or an administrator names another.
 * @throws Forbidden where a user names one
 */
export const requestedDomain = (caller: Caller, named: string | undefined, own: string): string => {
  if (named === undefined) return own;
  if (caller.kind === 'user') throw new Forbidden('Only services and administrators may name a domain');
  return named;
};
