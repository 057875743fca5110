import type { CatalogItem } from '../../catalog/types.ts';
import { budgetOf } from '../../questionnaire/budget.ts';
import { type Days, daysIn } from '../../questionnaire/duration.ts';
import { involvementOf } from '../../questionnaire/involvement.ts';
import { namesIn, phraseText } from '../../questionnaire/words.ts';
import { inBase, type Money } from './asked.ts';
import type { MatchingDefinition } from './types.ts';
import { vocabulariesOf } from './vocabularies.ts';

/** What an item says of itself in the same terms as the answers. */
export type ItemFacts = {
  readonly formats: readonly string[];
  readonly formatText: string;
  readonly genres: readonly string[];
  readonly budget?: Money;
  readonly timeline?: Days;
  /** Undefined where the item does not say what it is made from. */
  readonly materials?: readonly string[];
  readonly involvement?: number;
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');

const moneyOf = (item: CatalogItem, definition: MatchingDefinition): Money | undefined => {
  const range = budgetOf(item.budget ?? item.attributes.budget);
  const currency = textOf(item.attributes.currency);
  return range && inBase({ ...range, ...(currency !== undefined && { currency }) }, definition);
};

/** An item's format by its own field; by its tags and title where the field names no format of films ("package", "quote"). */
const formatsOf = (item: CatalogItem, definition: MatchingDefinition): string[] => {
  const { formats } = vocabulariesOf(definition);
  const own = namesIn(item.format ?? '', formats);
  if (own.length > 0) return own;
  return namesIn([...item.tags, item.title].join(' . '), formats);
};

const make = (item: CatalogItem, definition: MatchingDefinition): ItemFacts => {
  const { genres, materials } = vocabulariesOf(definition);
  const budget = moneyOf(item, definition);
  const timeline =
    item.timeline === undefined ? undefined : daysIn(item.timeline, Date.parse(item.updatedAt));
  const stated = textsOf(item.attributes.materials);
  const involvement = involvementOf(textOf(item.attributes.involvement));
  return {
    formats: formatsOf(item, definition),
    formatText: phraseText(item.format ?? ''),
    genres: namesIn([...item.genres, ...item.tags].join(' . '), genres),
    ...(budget && { budget }),
    ...(timeline && { timeline }),
    ...(stated.length > 0 && { materials: namesIn(stated.join(' . '), materials) }),
    ...(involvement !== undefined && { involvement }),
  };
};

const kept = new WeakMap<MatchingDefinition, WeakMap<CatalogItem, ItemFacts>>();

/** The facts of an item, read once as long as the item is held in memory: items are values. */
export const itemFacts = (item: CatalogItem, definition: MatchingDefinition): ItemFacts => {
  const byItem = kept.get(definition) ?? new WeakMap<CatalogItem, ItemFacts>();
  kept.set(definition, byItem);
  const known = byItem.get(item);
  if (known) return known;
  const facts = make(item, definition);
  byItem.set(item, facts);
  return facts;
};
