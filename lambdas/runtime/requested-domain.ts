import type { Caller } from '../../core/access/caller.ts';
import type { Domain } from '../../core/domains/types.ts';
import { requestedDomain } from '../../core/insights/serve/requested-domain.ts';
import { environment } from './environment.ts';
import { loadDomain } from './kept/domains.ts';

/**
 * The product that a request is about.
 * @throws Forbidden where a user names one, Invalid naming the field `domain` where it is not known
 */
export const domainOf = (caller: Caller, named: string | undefined): Domain =>
  loadDomain(requestedDomain(caller, named, environment().ATTUNE_DOMAIN));
