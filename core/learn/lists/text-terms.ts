import { stylesOf } from '../../catalog/engaged-terms.ts';
import type { CatalogItem } from '../../catalog/types.ts';

/** How much a term counts by where it stands. */
const FIELD_WEIGHTS = {
  title: 1,
  description: 0.4,
  tags: 1.2,
  topics: 1.2,
  genres: 1,
  skills: 1,
  facets: 0.3,
};

const STOP_WORDS = new Set(
  (
    'a about after all also an and any are as at be been before but by can do does for from had has have how i if in ' +
    'into is it its may more most my no not of on one or our out over s so some such t than that the their them then ' +
    'there these they this to up us was we were what when where which who will with you your'
  ).split(' '),
);

/**
 * Words of a text as they are matched: lower case, without accents, stop words and plural endings. Words of any script
 * count; a text without spaces, such as Chinese, is one word per run.
 */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !STOP_WORDS.has(word))
    .map(singular);
}

/** The terms of a short phrase such as a tag or an interest: the phrase as a whole and, where it has several, its words. */
export function phraseTerms(phrase: string): string[] {
  const words = wordsOf(phrase);
  return words.length > 1 ? [words.join(' '), ...words] : words;
}

/** Its style is as good as a tag, and no more where it is one. */
function withStyles(item: CatalogItem): readonly string[] {
  const styles = stylesOf(item);
  if (styles.length === 0) return item.tags;
  const tags = new Set(item.tags.map((tag) => tag.toLowerCase()));
  return [...item.tags, ...styles.filter((style) => !tags.has(style.toLowerCase()))];
}

/** The weight of every term of an item, before inverse document frequency. */
export function itemTerms(item: CatalogItem): Map<string, number> {
  const terms = new Map<string, number>();
  addAll(terms, wordsOf(item.title), FIELD_WEIGHTS.title);
  addAll(terms, wordsOf(item.description ?? ''), FIELD_WEIGHTS.description);
  const phrases = { ...item, tags: withStyles(item) };
  for (const field of ['tags', 'topics', 'genres', 'skills'] as const) {
    for (const phrase of phrases[field]) addAll(terms, phraseTerms(phrase), FIELD_WEIGHTS[field]);
  }
  for (const facet of [item.type, item.format ?? '', item.level ?? '']) {
    addAll(terms, phraseTerms(facet), FIELD_WEIGHTS.facets);
  }
  return terms;
}

function addAll(terms: Map<string, number>, words: readonly string[], weight: number): void {
  for (const word of words) terms.set(word, (terms.get(word) ?? 0) + weight);
}

/** Drops an English plural s; other endings stay, since a wrong stem joins what does not belong together. */
function singular(word: string): string {
  if (word.length <= 3 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  return word.endsWith('ies') && word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}
