import { rounded } from '../profile/view/curves.ts';
import type { CatalogItem } from './types.ts';

/** A style or topic of contents that a user engaged with: in how many of them, and its share of the weight of all, 0-1. */
export type EngagedTerm = { readonly name: string; readonly contents: number; readonly share: number };

export type EngagedTerms = {
  readonly styles: readonly EngagedTerm[];
  readonly topics: readonly EngagedTerm[];
};

export const nothingEngaged: EngagedTerms = { styles: [], topics: [] };

/** Attributes that hold a content's style: what its owner says, and what an analysis found. */
const STYLE_KEYS = ['visualStyle', 'style'] as const;
const MOST_TERMS = 10;
const DIGITS = 3;

/** The styles of a content, each once whatever its case. */
export const stylesOf = ({ attributes }: CatalogItem): string[] => {
  const named = STYLE_KEYS.map((key) => (Object.hasOwn(attributes, key) ? attributes[key] : undefined));
  const texts = named.filter((style) => typeof style === 'string' && style.trim() !== '') as string[];
  return [...new Map(texts.map((style) => [style.toLowerCase(), style])).values()];
};

type Engaged = { readonly item: CatalogItem; readonly weight: number };

const counted = (engaged: readonly Engaged[], termsOf: (item: CatalogItem) => string[]): EngagedTerm[] => {
  const total = engaged.reduce((sum, { weight }) => sum + weight, 0);
  const terms = new Map<string, { name: string; contents: number; weight: number }>();
  for (const { item, weight } of engaged) {
    for (const name of new Set(termsOf(item))) {
      const before = terms.get(name.toLowerCase()) ?? { name, contents: 0, weight: 0 };
      terms.set(name.toLowerCase(), {
        ...before,
        contents: before.contents + 1,
        weight: before.weight + weight,
      });
    }
  }
  return [...terms.values()]
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_TERMS)
    .map(({ name, contents, weight }) => ({ name, contents, share: rounded(weight / total, DIGITS) }));
};

/**
 * Styles and topics of the contents that a user engaged with lately (`contentHistory`), heaviest first, as the catalogue describes
 * those contents now: what an analysis finds in a content describes its users from the next reading on, and nothing is written to any of them.
 */
export const engagedTerms = (
  history: readonly { readonly itemId: string; readonly weight: number }[],
  itemOf: (itemId: string) => CatalogItem | undefined,
): EngagedTerms => {
  const engaged = history.flatMap(({ itemId, weight }) => {
    const item = itemOf(itemId);
    return item && weight > 0 ? [{ item, weight }] : [];
  });
  return { styles: counted(engaged, stylesOf), topics: counted(engaged, ({ topics }) => topics) };
};
