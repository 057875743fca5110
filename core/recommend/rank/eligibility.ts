import { isExpired, matchesFilter } from '../../catalog/matches-filter.ts';
import type { CatalogItem } from '../../catalog/types.ts';
import type { RecommendRequest, Sources, UserSignals } from '../types.ts';

/** Gives the item of an id that may be recommended, undefined for every other id. */
export type Eligible = (itemId: string) => CatalogItem | undefined;

/**
 * What may be recommended: in the catalogue, not expired, not excluded, of the wanted types and filter and, for a
 * personalised user, not dismissed and (unless asked for) neither seen nor completed.
 */
export function eligibility(
  request: RecommendRequest,
  user: UserSignals,
  catalog: Sources['catalog'],
): Eligible {
  const excluded = new Set(request.exclude);
  const types =
    request.types === undefined || request.types.length === 0 ? undefined : new Set(request.types);
  const isOver = (itemId: string): boolean =>
    user.personalised &&
    (user.dismissed(itemId) || (!request.includeSeen && (user.seen(itemId) || user.completed(itemId))));
  return (itemId) => {
    if (excluded.has(itemId) || isOver(itemId)) return undefined;
    const item = catalog.get(itemId);
    if (item === undefined || types?.has(item.type) === false || isExpired(item, request.now))
      return undefined;
    return request.filter === undefined || matchesFilter(item, request.filter) ? item : undefined;
  };
}
