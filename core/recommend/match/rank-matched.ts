import type { Catalogue } from '../../catalog/catalogue.ts';
import type { CatalogItem } from '../../catalog/types.ts';
import type { ItemNeighbours } from '../../learn/types.ts';
import { makeTopK, offer, sortBestFirst } from '../../numbers/top-k.ts';
import { type Match, matchItem, matchStrength, quickStrength } from '../matching.ts';
import { diversify } from '../rank/diversify.ts';
import { eligibility } from '../rank/eligibility.ts';
import { recommend } from '../rank/recommend.ts';
import { type SharedData, sourcesOf } from '../shared-data.ts';
import type {
  Recommendation,
  RecommendRequest,
  RecommendResult,
  ScoreSource,
  Sources,
  UserSignals,
} from '../types.ts';
import type { Asked } from './asked.ts';

/** The engine's own list, before matching is mixed in. */
const RANKED = 60;
/** Of the best, so many are looked at for being different. */
const LOOKED_AT = 40;
/** What both sides say at least for both to be named. */
const NAMED_SHARE = 0.35;
/** Matching counts .7 for somebody new, .5 after 20 interactions, and never less than .3. */
const [LEAST_MATCHING, MORE_MATCHING, HALF_INTERACTIONS] = [0.3, 0.4, 20];
/** Of larger catalogues the popular, the newest and what the engine names are matched: somebody waits. */
const MOST_MATCHED = 5_000;
const FILLED = 'Part of what we offer: nothing speaks for or against it yet';

/** The share of matching in a score; what the user does speaks for itself the more there is of it. */
export const matchingShare = (interactions: number): number =>
  LEAST_MATCHING + (MORE_MATCHING * HALF_INTERACTIONS) / (HALF_INTERACTIONS + interactions);

export type MatchedAsk = {
  readonly request: RecommendRequest;
  readonly shared: SharedData;
  readonly user: UserSignals;
  readonly neighbours: ReadonlyMap<string, ItemNeighbours>;
  /** Those of `shared` and `neighbours` where nothing else is wanted. */
  readonly sources?: Sources;
  /** Absent where the user answered nothing, or may not be personalised. */
  readonly asked: Asked | undefined;
};

const chosenBy = new WeakMap<object, ReadonlyMap<string, number>>();

/** Users behind every popular item. */
const usersByItem = (shared: SharedData): ReadonlyMap<string, number> => {
  const known = chosenBy.get(shared.rankings);
  if (known) return known;
  const items = shared.rankings.get('popular')?.items ?? [];
  const counts = new Map(items.map(({ itemId, count = 0 }) => [itemId, count]));
  chosenBy.set(shared.rankings, counts);
  return counts;
};

/** What matching and the engine's own ranking say about one item. */
type Sides = {
  readonly item: CatalogItem;
  readonly match: Match | undefined;
  readonly own: Recommendation | undefined;
};

const reasonOf = ({ match, own }: Sides, fit: number, ranked: number): string => {
  const total = fit + ranked;
  if (match?.reason !== undefined && own && fit >= NAMED_SHARE * total && ranked >= NAMED_SHARE * total) {
    return `${match.reason}. ${own.reason}`;
  }
  const [first, second] = fit >= ranked ? [match?.reason, own?.reason] : [own?.reason, match?.reason];
  return first ?? second ?? FILLED;
};

/** Both sides in one: scores weighed by `share`, confidence by what each gives to the score. */
const mixed = (sides: Sides, share: number): Recommendation => {
  const { item, match, own } = sides;
  const fit = match ? share * matchStrength(match) : 0;
  const ranked = own ? (1 - share) * own.score : 0;
  const score = fit + ranked;
  const sure = fit * (match?.confidence ?? 0) + ranked * (own?.confidence ?? 0);
  const parts = Object.entries(own?.scores ?? {}).map(
    ([source, part]) => [source, (1 - share) * part] as const,
  );
  const scores: Partial<Record<ScoreSource, number>> = Object.fromEntries(
    fit > 0 ? [['matching', fit] as const, ...parts] : parts,
  );
  return {
    itemId: item.itemId,
    item,
    score,
    confidence: score > 0 ? sure / score : 0,
    reason: reasonOf(sides, fit, ranked),
    rung: fit > 0 ? 'personalised hybrid' : (own?.rung ?? 'newest'),
    scores,
  };
};

/** The engine's own list for a request, as long as matching wants it. */
export const ownList = (
  { request, shared, user, neighbours, sources }: MatchedAsk,
  ranked = RANKED,
): RecommendResult => {
  const limit = Math.max(request.limit, ranked);
  return recommend({ ...request, limit, diversity: 0 }, user, sources ?? sourcesOf(shared, neighbours));
};

/**
 * The eligible ones of some items by both sides, best first:
 *
 *   score = m * strength of the match + (1 - m) * the engine's own relevance, m = .3 + .4 * 20 / (20 + interactions)
 *
 * Without answers m is 0: the engine's own list, filled with the others. `request.limit` and its diversity hold for the whole. All are
 * scored; what carried a match is said of the best only.
 */
export const rankMatched = (
  { request, shared, user, neighbours, asked }: MatchedAsk,
  own: ReadonlyMap<string, Recommendation>,
  items: Iterable<CatalogItem>,
): Recommendation[] => {
  const { limit, diversity } = request;
  const share = asked ? matchingShare(user.interactionCount) : 0;
  const catalog = { get: (itemId: string) => shared.catalogue.items.get(itemId), newest: [], size: 0 };
  const isEligible = eligibility(request, user, catalog);
  const all = [...items];
  const heap = makeTopK(Math.max(limit, LOOKED_AT));
  all.forEach((item, at) => {
    const ranked = own.get(item.itemId)?.score ?? 0;
    const score = (1 - share) * ranked + (asked ? share * quickStrength(asked, item) : 0);
    const isFull = heap.size === heap.ids.length;
    if (isFull && score <= (heap.scores[0] ?? 0)) return;
    if (isEligible(item.itemId)) offer(heap, at, score);
  });
  const users = usersByItem(shared);
  const best = Array.from({ length: sortBestFirst(heap) }, (_, place) => {
    const item = all[heap.ids[place] as number] as CatalogItem;
    const match = asked && matchItem(asked, item, users.get(item.itemId));
    return mixed({ item, match, own: own.get(item.itemId) }, share);
  });
  return diversify(best, diversity, neighbours, limit);
};

const byId = ({ items }: RecommendResult): ReadonlyMap<string, Recommendation> =>
  new Map(items.map((one) => [one.itemId, one]));

/** Items to match in a catalogue, those that the engine names among them. */
const matchable = (
  { items, newest }: Catalogue,
  shared: SharedData,
  own: RecommendResult,
): Iterable<CatalogItem> => {
  if (items.size <= MOST_MATCHED) return items.values();
  const popular = (shared.rankings.get('popular')?.items ?? []).map(({ itemId }) => itemId);
  const ids = new Set(
    [...own.items.map(({ itemId }) => itemId), ...newest, ...popular].slice(0, MOST_MATCHED),
  );
  return [...ids].map((itemId) => items.get(itemId)).filter((item) => item !== undefined);
};

/** A list for somebody with answers: what fits them and what the engine would recommend, in one order. The first page only. */
export const recommendMatched = (ask: MatchedAsk): RecommendResult => {
  const own = ownList(ask);
  const items = rankMatched(ask, byId(own), matchable(ask.shared.catalogue, ask.shared, own));
  const shown = items.filter(({ score }) => score > 0);
  const [first] = shown;
  return first
    ? { items: shown, rung: first.rung, nextRung: '', reason: '', total: Math.max(own.total, shown.length) }
    : own;
};
