import { isExpired } from '../../catalog/matches-filter.ts';
import type { CatalogItem } from '../../catalog/types.ts';
import type { SharedData } from '../../recommend/shared-data.ts';
import { aboutMatcher, type ItemMap, timesAbout } from './about-index.ts';

/** A market or topic of the user, and how many live items are about it; `fresh`: published in the last 30 days. */
export type FocusView = { readonly focus: string; readonly items: number; readonly fresh: number };

/** An item that rises, by its place among all that rise (1 is first), and what of the user's it is about. */
export type TrendView = {
  readonly item: CatalogItem;
  readonly rank: number;
  readonly near: 'focus' | 'interest' | 'no';
  readonly about?: string;
};

/** What the catalogue and the trends say about somebody's focus and interests. */
export type MarketView = {
  readonly focuses: readonly FocusView[];
  readonly trends: readonly TrendView[];
  readonly items: Pick<ItemMap, 'get'>;
};

const FRESH_MS = 30 * 86_400_000;
const FOCUSES = 3;
const TRENDS = 4;
/** So many of the items that rise are looked at. */
const TRENDS_LOOKED_AT = 100;
const INTERESTS_LOOKED_AT = 20;

const publishedAt = (item: CatalogItem): number => Date.parse(item.publishedAt ?? '');

const isLive = (item: CatalogItem, now: number): boolean =>
  !isExpired(item, now) && !(publishedAt(item) > now);

const focusView = (items: ItemMap, focus: string, now: number): FocusView => {
  const { published, expires } = timesAbout(items, focus);
  let [live, fresh] = [0, 0];
  for (let at = 0; at < published.length; at++) {
    if (expires[at]! <= now || published[at]! > now) continue;
    live += 1;
    if (published[at]! > now - FRESH_MS) fresh += 1;
  }
  return { focus, items: live, fresh };
};

const trendsOf = (
  { catalogue, rankings }: SharedData,
  about: { focus: readonly string[]; interests: readonly string[] },
  now: number,
): TrendView[] => {
  const matchers = [
    ...about.focus.map((phrase) => ({ near: 'focus' as const, phrase, isAbout: aboutMatcher(phrase) })),
    ...about.interests.map((phrase) => ({
      near: 'interest' as const,
      phrase,
      isAbout: aboutMatcher(phrase),
    })),
  ];
  const rising = (rankings.get('trending')?.items ?? [])
    .slice(0, TRENDS_LOOKED_AT)
    .map(({ itemId }) => catalogue.items.get(itemId))
    .filter((item) => item !== undefined)
    .filter((item) => isLive(item, now));
  const views = rising.map((item, at): TrendView => {
    const found = matchers.find(({ isAbout }) => isAbout(item));
    return found
      ? { item, rank: at + 1, near: found.near, about: found.phrase }
      : { item, rank: at + 1, near: 'no' };
  });
  const order = { focus: 0, interest: 1, no: 2 };
  return views.sort((a, b) => order[a.near] - order[b.near] || a.rank - b.rank).slice(0, TRENDS);
};

/**
 * What the catalogue and the trends say about the first three focuses and the interests of somebody (see `timesAbout` for what counts
 * as about). Items that are expired or not published yet count for nothing; one without a date of publication is never fresh. Trends
 * about a focus come first, then those about an interest, then the others, four in all.
 */
export const marketView = (
  shared: SharedData,
  about: { readonly focus: readonly string[]; readonly interests: readonly string[] },
  now: number,
): MarketView => {
  const focus = about.focus.slice(0, FOCUSES);
  const interests = about.interests.slice(0, INTERESTS_LOOKED_AT);
  const { items } = shared.catalogue;
  return {
    focuses: focus.map((one) => focusView(items, one, now)),
    trends: trendsOf(shared, { focus, interests }, now),
    items,
  };
};
