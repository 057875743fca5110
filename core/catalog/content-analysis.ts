import { Conflict, Invalid } from '../errors.ts';
import { isObject } from '../is-object.ts';
import { rounded } from '../profile/view/curves.ts';
import { sameJson } from '../same-json.ts';
import { getItem, rulesBroken } from './manage-catalog.ts';
import type { CatalogStore } from './ports.ts';
import type { CatalogItem } from './types.ts';

/** What an analysis found in a content. `quality` 0-1, a numeric sentiment -1 to 1. */
export type ContentAnalysis = {
  readonly topics: readonly string[];
  readonly style?: string | undefined;
  readonly sentiment?: 'positive' | 'negative' | 'neutral' | number | undefined;
  readonly quality?: number | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
};

/** Where what was found lies in an item: `analysis` whole, and beside it what filters ask for. */
const ANALYSIS = 'analysis';
/** Of an item, as its endpoint takes it: topics, tags, and bytes of its attributes' JSON. */
const MOST_WORDS = 50;
const MOST_ATTRIBUTE_BYTES = 8_192;
/** Ten analyses of one content at once get through. */
const ATTEMPTS = 12;
/** Beyond this a sentiment is no longer neutral (as in core/tracking). */
const NEUTRAL = 0.1;
/** Sentiment and quality as they are kept: more digits say nothing, and the table takes no number as small as JSON does. */
const DIGITS = 3;

/** Attributes that an analysis writes. */
const ATTRIBUTES: readonly string[] = ['style', 'sentiment', 'quality', ANALYSIS];

const encoder = new TextEncoder();

const lower = (text: string): string => text.toLowerCase();

const distinct = (words: readonly string[]): string[] =>
  words.filter((word, at) => words.findIndex((one) => lower(one) === lower(word)) === at);

/** What is kept of the analyses before: what they found, and what of it they added to topics and tags. */
type Found = ContentAnalysis & {
  readonly added: { readonly topics: readonly string[]; readonly tags: readonly string[] };
};

const wordsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];

/** An owner may write anything there, too: what is no analysis of ours found nothing. */
const foundBefore = ({ attributes }: CatalogItem): Found => {
  const before = isObject(attributes[ANALYSIS]) ? attributes[ANALYSIS] : {};
  const added = isObject(before.added) ? before.added : {};
  return {
    ...(before as Partial<Found>),
    topics: wordsIn(before.topics),
    added: { topics: wordsIn(added.topics), tags: wordsIn(added.tags) },
  };
};

/** What an analysis does not speak of stays as the one before found it. */
const together = (before: Found, { topics, ...analysis }: ContentAnalysis): ContentAnalysis => {
  const { sentiment, quality } = analysis;
  const told = {
    ...analysis,
    ...(typeof sentiment === 'number' && { sentiment: rounded(sentiment, DIGITS) }),
    ...(quality !== undefined && { quality: rounded(quality, DIGITS) }),
  };
  const said = Object.entries(told).filter(([, value]) => value !== undefined);
  const { added: _, ...kept } = before;
  return { ...kept, ...Object.fromEntries(said), topics: topics.length > 0 ? topics : before.topics };
};

/** The owner's words and behind them the found ones, as many as there is room for, and which of these are not the owner's. */
const merged = (words: readonly string[], added: readonly string[], found: readonly string[]) => {
  const old = new Set(added.map(lower));
  const own = words.filter((word) => !old.has(lower(word)));
  const all = distinct([...own, ...found]).slice(0, MOST_WORDS);
  return { all, added: all.slice(distinct(own).length) };
};

const sentimentLabel = (sentiment: ContentAnalysis['sentiment']): string | undefined => {
  if (typeof sentiment !== 'number') return sentiment;
  return sentiment > NEUTRAL ? 'positive' : sentiment < -NEUTRAL ? 'negative' : 'neutral';
};

const without = (attributes: CatalogItem['attributes'], names: readonly string[]) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));

/** Attributes that filters ask for. One that the owner states otherwise than the analysis before stays as it is. */
const askable = (
  { attributes }: CatalogItem,
  before: ContentAnalysis,
  now: ContentAnalysis,
): Record<string, unknown> => {
  const told = ({ style, sentiment, quality }: ContentAnalysis): Record<string, unknown> => ({
    style,
    sentiment: sentimentLabel(sentiment),
    quality,
  });
  const [then, found] = [told(before), told(now)];
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => {
      const own = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      const kept = own === undefined || own === then[name] ? value : own;
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
};

/**
 * The item with what an analysis found: topics among its topics and the style among its tags, so that the content model and reasons
 * see them, `style`, `sentiment` and `quality` among its attributes for filters, all of it in `attributes.analysis`. What an earlier
 * analysis added gives way; what the owner stated stays.
 */
export const enriched = (item: CatalogItem, analysis: ContentAnalysis): CatalogItem => {
  const before = foundBefore(item);
  const found = together(before, analysis);
  const topics = merged(item.topics, before.added.topics, found.topics);
  const tags = merged(item.tags, before.added.tags, found.style === undefined ? [] : [found.style]);
  return {
    ...item,
    topics: topics.all,
    tags: tags.all,
    attributes: {
      ...without(item.attributes, ATTRIBUTES),
      ...askable(item, before, found),
      [ANALYSIS]: { ...found, added: { topics: topics.added, tags: tags.added } },
    },
  };
};

const changedFields = (before: CatalogItem, after: CatalogItem): string[] => [
  ...(['topics', 'tags'] as const).filter((field) => !sameJson(before[field], after[field])),
  ...ATTRIBUTES.filter((name) => !sameJson(before.attributes[name], after.attributes[name])).map(
    (name) => `attributes.${name}`,
  ),
];

const SEEN = 'Users who engaged with it are described by it from their next read on';
const UNCHANGED = 'The catalogue knew all of it already';

/** @throws Invalid where an analysis leaves no room in the item */
const refuseWithoutRoom = ({ updatedAt: _, ...item }: CatalogItem): void => {
  const isFull = encoder.encode(JSON.stringify(item.attributes)).length > MOST_ATTRIBUTE_BYTES;
  const message = isFull
    ? `leaves no room: the attributes of "${item.itemId}" may be ${MOST_ATTRIBUTE_BYTES} bytes of JSON in all`
    : rulesBroken(item).find(({ path }) => path === 'item')?.message;
  if (message !== undefined) throw new Invalid([{ path: 'analysis', message }]);
};

type Told = { readonly contentId: string; readonly analysis: ContentAnalysis };

/** The item before and after, written on condition that nobody described it anew in between. */
const redescribed = async (catalog: CatalogStore, { contentId, analysis }: Told, now: number) => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const before = await getItem(catalog, contentId, now);
    const after = { ...enriched(before, analysis), updatedAt: new Date(now).toISOString() };
    refuseWithoutRoom(after);
    const changed = changedFields(before, after);
    if (changed.length === 0 || (await catalog.redescribe(before, after))) return { after, changed };
  }
  throw new Conflict(`Others kept changing "${contentId}": try again`);
};

/**
 * Puts what an analysis found into the catalogue; whatever its owner changes meanwhile stays. Nobody's data is touched: users are described
 * by the contents that they engaged with (`engagedTerms`), as the catalogue holds them. The same analysis told again changes nothing;
 * the version of the catalogue is raised all the same, since the call before may have been cut off in between.
 * @throws NotFound for an unknown content, Invalid where there is no room for it, Conflict where others kept changing the item
 */
export const integrateAnalysis = async (catalog: CatalogStore, told: Told, now: number) => {
  const { after, changed } = await redescribed(catalog, told, now);
  await catalog.bump([after.type]);
  const { style } = told.analysis;
  return {
    success: true,
    contentId: told.contentId,
    topics: after.topics,
    ...(style !== undefined && { style }),
    changed,
    reason: changed.length > 0 ? SEEN : UNCHANGED,
  };
};
