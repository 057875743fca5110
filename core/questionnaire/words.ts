/** Marks above letters are left out: "métrage" and "metrage" are the same word. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

/** Digits of Arabic and Persian texts. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** A short answer in one form: compatibility forms, digits and case are those of plain text. */
export const plainText = (text: string): string =>
  plain(text.replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf)));

const SHORTEST_PLURAL = 4;

/** English plurals as their singular; both sides of a comparison go through it. */
const singular = (word: string): string => {
  if (word.length < SHORTEST_PLURAL || !word.endsWith('s') || word.endsWith('ss')) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
};

/** Words of a text between blanks, each with one before and behind, so that whole words are found. */
export const phraseText = (text: string): string =>
  ` ${(plainText(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(singular).join(' ')} `;

/** Scripts that put no blanks between words. */
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/;

/** Whether one of the phrases stands in a text made by `phraseText`; phrases went through it too. */
export const hasPhrase = (text: string, phrases: readonly string[]): boolean =>
  phrases.some((phrase) => text.includes(UNSPACED.test(phrase) ? phrase.trim() : phrase));

/** Names and the phrases that mean them. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

/** A vocabulary whose phrases are ready for comparison. */
export type CompiledVocabulary = readonly (readonly [name: string, phrases: readonly string[]])[];

/** The name itself always means itself. */
export const compiled = (...parts: readonly Vocabulary[]): CompiledVocabulary => {
  const phrases = new Map<string, Set<string>>();
  for (const [name, synonyms] of parts.flatMap((part) => Object.entries(part))) {
    const known = phrases.get(name) ?? new Set([phraseText(name)]);
    for (const synonym of synonyms) known.add(phraseText(synonym));
    phrases.set(name, known);
  }
  return [...phrases].map(([name, known]) => [name, [...known].filter((phrase) => phrase.trim() !== '')]);
};

/** Names of a vocabulary that a text means. */
export const namesIn = (text: string, vocabulary: CompiledVocabulary): string[] => {
  const words = phraseText(text);
  return vocabulary.filter(([, phrases]) => hasPhrase(words, phrases)).map(([name]) => name);
};
