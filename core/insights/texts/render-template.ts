import type { Domain } from '../../domains/types.ts';
import type { Fact } from '../facts/types.ts';
import { isIdentifier, spoken } from '../facts/words.ts';
import type { Binding } from './bind-facts.ts';
import { fieldOf } from './match-facts.ts';

type Placeholder = { readonly alias: string; readonly field: string };

/** Words of a template, cut once: plain words and placeholders in turn. */
export type Wording = readonly (string | Placeholder)[];

const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9]*)\.([a-zA-Z][a-zA-Z0-9]*)\}/;

/** `"{goal.left} to go"` -> `[{alias: 'goal', field: 'left'}, ' to go']` */
export const wordingOf = (words: string): Wording => {
  const parts = words.split(PLACEHOLDER);
  const wording: (string | Placeholder)[] = [];
  for (let i = 0; i < parts.length; i += 3) {
    if (parts[i]) wording.push(parts[i]!);
    if (i + 1 < parts.length) wording.push({ alias: parts[i + 1]!, field: parts[i + 2]! });
  }
  return wording;
};

/** The fields that words need of the fact that goes by `alias`. */
export const fieldsNeeded = (wording: Wording, alias: string): string[] =>
  wording.flatMap((part) => (typeof part === 'object' && part.alias === alias ? [part.field] : []));

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `2026-12-01` -> `1 December 2026`; anything else as it is. */
const writtenDate = (date: string): string => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(date) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${year}`;
};

/** `12345.5` -> `12,345.5` */
const writtenNumber = (value: number): string => {
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

const writtenName = (field: string, name: string, { contentTypes }: Pick<Domain, 'contentTypes'>): string => {
  const one =
    field === 'contentType' ? contentTypes.find(({ type }) => type === name.toLowerCase())?.one : undefined;
  return one ?? (isIdentifier(name) ? spoken(name) : name);
};

const written = (fact: Fact, field: string, domain: Pick<Domain, 'contentTypes'>): string => {
  const value = fieldOf(fact, field) ?? '';
  if (typeof value === 'number') return writtenNumber(value);
  if (Object.hasOwn(fact.words, field)) return spoken(value);
  return Object.hasOwn(fact.dates, field) ? writtenDate(value) : writtenName(field, value, domain);
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The words with the fields of the bound facts in their places: numbers with thousands apart, dates written out, content types in the
 * words of the domain, words of the engine and names of applications with spaces for underscores, all other names as they are. What
 * is put in is never looked through again. A word of the engine at the begin gets a capital.
 */
export const render = (wording: Wording, binding: Binding, domain: Pick<Domain, 'contentTypes'>): string => {
  const texts = wording.map((part) => {
    if (typeof part === 'string') return part;
    const fact = binding.get(part.alias);
    return fact === undefined ? '' : written(fact, part.field, domain);
  });
  const first = wording[0];
  if (typeof first !== 'object') return texts.join('');
  const isWord = Object.hasOwn(binding.get(first.alias)?.words ?? {}, first.field);
  return isWord ? capital(texts.join('')) : texts.join('');
};
