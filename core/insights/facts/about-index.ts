import type { CatalogItem } from '../../catalog/types.ts';
import { wordsOf } from '../../learn/lists/text-terms.ts';

export type ItemMap = ReadonlyMap<string, CatalogItem>;

/** Words of each item, made once; items are replaced, never changed. */
const haystacks = new WeakMap<CatalogItem, string>();
/** When the items about something were published (NaN: nobody knows) and when they expire; ms since the epoch, parallel. */
export type TimesAbout = { readonly published: Float64Array; readonly expires: Float64Array };

/** By phrase, for each state of the catalogue. */
const found = new WeakMap<ItemMap, Map<string, TimesAbout>>();
const MOST_PHRASES = 500;
const LONGEST_VALUE = 200;

const textsOf = (value: unknown): string[] => {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((text): text is string => typeof text === 'string' && text.length <= LONGEST_VALUE);
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\u0000-\u007f]*$/;

/** Words between spaces, a space at either end. `wordsOf` costs five times as much and is kept for what is not ASCII. */
const spaced = (text: string): string =>
  ASCII.test(text) ? ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} ` : ` ${wordsOf(text).join(' ')} `;

const haystackOf = (item: CatalogItem): string => {
  const known = haystacks.get(item);
  if (known !== undefined) return known;
  const { title, tags, topics, genres, skills, attributes } = item;
  const texts = [
    title,
    ...tags,
    ...topics,
    ...genres,
    ...skills,
    ...Object.values(attributes).flatMap(textsOf),
  ];
  const made = spaced(texts.join(' '));
  haystacks.set(item, made);
  return made;
};

/** The forms of a word (as `wordsOf` gives it) that texts hold. */
const formsOf = (word: string): string[] => [
  ` ${word} `,
  ` ${word}s `,
  ...(word.endsWith('y') ? [` ${word.slice(0, -1)}ies `] : []),
];

/** Tells whether an item is about a phrase; nothing is about a phrase without words. */
export const aboutMatcher = (phrase: string): ((item: CatalogItem) => boolean) => {
  const words = wordsOf(phrase).map(formsOf);
  return (item) => {
    const haystack = haystackOf(item);
    return words.length > 0 && words.every((forms) => forms.some((form) => haystack.includes(form)));
  };
};

/** Never for what is no date. */
const expiryOf = ({ expiresAt }: CatalogItem): number => {
  const at = Date.parse(expiresAt ?? '');
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
};

const timesOf = (items: readonly CatalogItem[]): TimesAbout => ({
  published: Float64Array.from(items, ({ publishedAt }) => Date.parse(publishedAt ?? '')),
  expires: Float64Array.from(items, expiryOf),
});

/**
 * The items about a phrase, by their times: those that have each of its words (whatever case, accent or English plural) in title, tags,
 * topics, genres, skills or in the texts among their attributes. Descriptions do not count: they mention too much. The first phrase that
 * is looked for makes the words of all items; each further phrase is one pass, and one that was looked for before is there already,
 * until the catalogue changes.
 */
export const timesAbout = (items: ItemMap, phrase: string): TimesAbout => {
  const phrases = found.get(items) ?? new Map<string, TimesAbout>();
  found.set(items, phrases);
  const key = wordsOf(phrase).join(' ');
  const known = phrases.get(key);
  if (known) return known;
  const about = timesOf([...items.values()].filter(aboutMatcher(phrase)));
  if (phrases.size >= MOST_PHRASES) phrases.clear();
  phrases.set(key, about);
  return about;
};
