import type { RecommendRequest, Rung, Sources, Strategy, UserSignals } from '../types.ts';
import { hasWords, lastItems } from './blend.ts';
import { type GeneralList, newestAsRanked } from './general-candidates.ts';
import { HYBRID_ITEMS } from './personal-candidates.ts';

/** The lists below a user's own signals, best rung first, as the strategy and the user's consent allow. */
export function generalLists(strategy: Strategy, user: UserSignals, sources: Sources): GeneralList[] {
  const popular: GeneralList = { rung: 'popular', source: 'popular', ranked: sources.popular };
  const trending: GeneralList = { rung: 'trending', source: 'trending', ranked: sources.trending };
  const newest: GeneralList = {
    rung: 'newest',
    source: 'newest',
    ranked: newestAsRanked(sources.catalog.newest),
  };
  if (strategy === 'popular') return [popular, newest];
  if (strategy === 'trending') return [trending, popular, newest];
  return [...segmentList(user, sources), trending, popular, newest];
}

function segmentList(user: UserSignals, sources: Sources): GeneralList[] {
  const { segment } = user;
  if (!user.personalised || segment === undefined || !Object.hasOwn(sources.segmentFavourites, segment))
    return [];
  return [
    { rung: 'segment favourites', source: 'segment', ranked: sources.segmentFavourites[segment]!, segment },
  ];
}

/** Whether anything personal is there to rank by. */
export function hasSignals(user: UserSignals): boolean {
  return user.personalised && (lastItems(user.history).length > 0 || hasWords(user));
}

/** What would unlock the next better rung, as a sentence; empty on the highest. */
export function nextRungAfter(rung: Rung, request: RecommendRequest, user: UserSignals): string {
  if (rung === 'personalised hybrid') return '';
  if (!user.personalised) return 'Allowing personalisation unlocks recommendations from own interactions.';
  if (request.strategy === 'popular' || request.strategy === 'trending') {
    return "The strategy 'hybrid' unlocks recommendations from own interactions.";
  }
  if (rung === 'similar to the last items') return moreItems(user);
  if (hasSignals(user))
    return 'More interactions of any user with the same items unlock items similar to them.';
  return 'An interaction with one item, or interests in the profile, unlocks items similar to them.';
}

function moreItems(user: UserSignals): string {
  const missing = HYBRID_ITEMS - lastItems(user.history).length;
  return `Interactions with ${missing} more item${missing === 1 ? '' : 's'} unlock the personalised hybrid.`;
}

/** Why a list is empty or not personal; empty where it is neither. */
export function listReason(found: number, user: UserSignals, sources: Sources): string {
  const notPersonal = user.personalised
    ? ''
    : 'Personalisation is off for this user: the list is the same for everybody.';
  if (found > 0) return notPersonal;
  const empty =
    sources.catalog.size === 0
      ? 'The catalogue is empty.'
      : 'Every item of the catalogue is seen, completed, dismissed, expired, excluded or does not pass the filter.';
  return [empty, notPersonal].filter((sentence) => sentence !== '').join(' ');
}
