import type { Fact, FactSheet } from '../facts/types.ts';
import { engineWords } from '../prompts/fact-line.ts';
import { redactText } from '../prompts/redact-text.ts';
import { type ShownText, shownTexts } from '../prompts/shown-texts.ts';
import { type DateFound, datesIn, saysSame } from './dates-in.ts';
import { type NumberFound, numbersIn } from './numbers-in.ts';

/** What texts may say that rest on a fact. */
export type Ground = {
  readonly values: ReadonlySet<number>;
  /** Numbers that have no value here (Chinese numerals), as they are written. */
  readonly written: ReadonlySet<string>;
  readonly dates: readonly DateFound[];
  /** Names as the model saw them, which it may repeat. */
  readonly names: readonly string[];
};

/** A goal's title is looked at beyond what was shown; nobody quotes more. */
const LONGEST_NAME = 600;

const isoDate = (text: string): DateFound | undefined => datesIn(text).dates[0];

/** Feedback is no name: nothing of it may be repeated, its numbers neither. */
const nameTexts = (fact: Fact, shown: readonly ShownText[]): string[] =>
  fact.kind === 'feedback'
    ? []
    : shown
        .filter(({ withheld }) => !withheld)
        .flatMap(({ field, text }) => [text, redactText((fact.names[field] ?? '').slice(0, LONGEST_NAME))]);

const groundOf = (fact: Fact, shown: readonly ShownText[]): Ground => {
  const names = nameTexts(fact, shown);
  const parts = [engineWords(fact) ?? '', ...names].map(datesIn);
  const found = parts.flatMap(({ rest }) => numbersIn(rest));
  const own = Object.values(fact.numbers).flatMap((value) => [value, Math.abs(value)]);
  const dates = [
    ...Object.values(fact.dates).flatMap((date) => isoDate(date) ?? []),
    ...parts.flatMap((part) => part.dates),
  ];
  const years = dates.flatMap(({ year }) => year ?? []);
  return {
    values: new Set([...own, ...years, ...found.flatMap(({ values }) => values)]),
    written: new Set(found.map(({ text }) => text)),
    dates,
    names: fact.kind === 'feedback' ? [] : shown.filter(({ withheld }) => !withheld).map(({ text }) => text),
  };
};

/** What every fact of a sheet allows, by its id. */
export const groundsOf = (sheet: FactSheet): ReadonlyMap<string, Ground> => {
  const shown = Map.groupBy(shownTexts(sheet), ({ factId }) => factId);
  return new Map(sheet.facts.map((fact) => [fact.id, groundOf(fact, shown.get(fact.id) ?? [])]));
};

const SAME = 1e-9;

const allows = (grounds: readonly Ground[], { text, values }: NumberFound): boolean =>
  grounds.some(
    (ground) =>
      (values.some(Number.isNaN) && ground.written.has(text)) ||
      values.some((value) => [...ground.values].some((known) => Math.abs(known - value) < SAME)),
  );

/** Numbers and dates of a text that none of the facts holds. */
export const ungrounded = (text: string, grounds: readonly Ground[]): string[] => {
  const { dates, rest } = datesIn(text);
  return [
    ...dates
      .filter((date) => !grounds.some((ground) => ground.dates.some((known) => saysSame(date, known))))
      .map((date) => date.text.replace(/\.$/, '')),
    ...numbersIn(rest)
      .filter((found) => !allows(grounds, found))
      .map((found) => found.text),
  ];
};
