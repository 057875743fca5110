import type { Fact } from '../facts/types.ts';
import { spoken } from '../facts/words.ts';
import { wordsOf } from './fold-text.ts';
import { isHostile } from './hostile-text.ts';

const LETTER = /[\p{L}\p{N}]/u;

/** Where the name stands as a word of its own. */
const placesOf = (text: string, name: string): number[] => {
  const places: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + name.length)];
    if (!LETTER.test(before) && !LETTER.test(after)) places.push(at);
  }
  return places;
};

const replaced = (text: string, name: string, instead: string, most: number): string =>
  placesOf(text, name)
    .slice(0, most)
    .reverse()
    .reduce((left, at) => left.slice(0, at) + instead + left.slice(at + name.length), text);

const OFTEN = 4;

/** Puts `[field]` where the sentence holds the name. A short name may also be a word of the engine's own: only the first one goes. */
const withoutName = (says: string, field: string, name: string): string => {
  const mark = `[${field}]`;
  const quoted = says.replace(`"${name}"`, () => `"${mark}"`);
  if (quoted !== says && name.length < OFTEN) return quoted;
  const forms = [...new Set([name, name.replaceAll('_', ' '), name.replaceAll('-', ' '), spoken(name)])];
  return forms.reduce((left, form) => {
    if (name.length >= OFTEN) return replaced(left, form, mark, Number.POSITIVE_INFINITY);
    return left.includes(mark) ? left : replaced(left, form, mark, 1);
  }, quoted);
};

const RUN = 4;
const LONGEST = 400;

/** Whether words of the name are left although it was taken out, e.g. since the sentence holds it changed. */
const holdsRest = (says: string, names: readonly string[]): boolean => {
  const left = wordsOf(says).join(' ');
  return names.some((name) => {
    const words = wordsOf(name);
    return words.some(
      (_, at) => at + RUN <= words.length && left.includes(words.slice(at, at + RUN).join(' ')),
    );
  });
};

const withMarks = ({ says, names }: Fact): string | undefined => {
  const byLength = Object.entries(names)
    .filter(([, name]) => name.trim() !== '')
    .sort(([, one], [, other]) => other.length - one.length);
  const left = byLength.reduce((text, [field, name]) => withoutName(text, field, name), says);
  const suspect =
    left.length > LONGEST || isHostile(left.replace(/\[\w+\]/g, '')) || holdsRest(left, Object.values(names));
  return suspect ? undefined : left.replace(/\s+/g, ' ').trim();
};

const known = new WeakMap<Fact, string | undefined>();

/** What the engine says of a fact, with `[field]` for everything that users and applications wrote. Undefined where that cannot be told apart. */
export const engineWords = (fact: Fact): string | undefined => {
  if (!known.has(fact)) known.set(fact, withMarks(fact));
  return known.get(fact);
};

const missing = (says: string, fields: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(fields)
    .filter(([, value]) => value !== '' && placesOf(says, String(value)).length === 0)
    .map(([field, value]) => `${field}=${value}`);

/** A fact as one line: id, kind, what the engine says of it, and the fields that the sentence does not hold. */
export const factLine = (fact: Fact): string => {
  const says = engineWords(fact) ?? '';
  const fields = [fact.words, fact.numbers, fact.dates].flatMap((group) => missing(says, group));
  return [fact.id, fact.kind, says, ...fields].filter((part) => part !== '').join(' ');
};
