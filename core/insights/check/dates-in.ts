import { plainDigits } from './digits.ts';

/** A date as a text holds it; a written one may leave out its year or its day. */
export type DateFound = {
  readonly text: string;
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAMES =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';

const monthOf = (name: string | undefined): number =>
  MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;

const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:,? (?<year>\\d{4}))';

const FORMS = [
  '\\b(?<year>\\d{4})-(?<number>\\d{2})-(?<day>\\d{2})(?:T[\\d:.]+Z?)?\\b',
  '\\b(?<year>\\d{4})/(?<number>\\d{1,2})/(?<day>\\d{1,2})\\b',
  '\\b(?<day>\\d{1,2})\\.(?<number>\\d{1,2})\\.(?<year>\\d{4})\\b',
  '\\b(?<either>\\d{1,2})/(?<other>\\d{1,2})/(?<year>\\d{4})\\b',
  `\\b${DAY}(?: of)? (?<month>${NAMES})\\b\\.?${YEAR}?`,
  `\\b(?<month>${NAMES})\\b\\.? (?:the )?${DAY}(?!\\d|[.,]\\d)\\b${YEAR}?`,
  `\\b(?<month>${NAMES})\\b\\.?${YEAR}`,
  // A month alone: "may" and "march" are words, unless something before says that they are months.
  '\\b(?<month>january|february|april|june|july|august|september|october|november|december)\\b',
  '\\b(?:in|by|until|till|since|of|before|after|during) (?<month>may|march)\\b(?! be\\b)',
].map((form) => new RegExp(form, 'giu'));

const number = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

const dateOf = (text: string, groups: Readonly<Record<string, string | undefined>>): DateFound => {
  const month = groups.month === undefined ? number(groups.number) : monthOf(groups.month);
  return { text, year: number(groups.year), month, day: number(groups.day) };
};

const datesOf = (text: string, groups: Readonly<Record<string, string | undefined>>): DateFound => {
  const { either, other, year } = groups;
  if (either === undefined) return dateOf(text, groups);
  // "11/26/2026" has one reading; of "11/12/2026" the American one is taken.
  const [one, two] = [Number(either), Number(other)];
  return one > 12
    ? { text, year: number(year), month: two, day: one }
    : { text, year: number(year), month: one, day: two };
};

/** The dates of a text, ISO and written, and the text without them. */
export const datesIn = (given: string): { readonly dates: readonly DateFound[]; readonly rest: string } => {
  const dates: DateFound[] = [];
  const rest = FORMS.reduce(
    (text, form) =>
      text.replace(form, (...match) => {
        dates.push(datesOf(match[0] as string, match.at(-1) as Record<string, string | undefined>));
        return ' , ';
      }),
    plainDigits(given),
  );
  return { dates, rest };
};

/** Whether a date says nothing else than one that is known. */
export const saysSame = (found: DateFound, known: DateFound): boolean =>
  (['year', 'month', 'day'] as const).every(
    (part) => found[part] === undefined || found[part] === known[part],
  );
