import { plainText } from './words.ts';

/** An amount of money, both ends included; `currency` is an ISO 4217 code, absent where none is named. */
export type Budget = { readonly min: number; readonly max: number; readonly currency?: string };

/** An open end: everything above. */
const OPEN = 1e12;
/** "About 15,000" means this much below and above. */
const ABOUT = 0.2;

const CURRENCIES: readonly (readonly [code: string, sign: RegExp])[] = [
  ['EUR', /€|\beuros?\b|\beur\b/],
  ['GBP', /£|\bpounds?\b|\bgbp\b/],
  ['CHF', /\bchf\b|\bfranken\b|\bswiss francs?\b/],
  ['JPY', /¥|\bjpy\b|\byen\b|円/],
  ['INR', /₹|\binr\b|\brupees?\b/],
  ['CAD', /\bcad\b|c\$|ca\$/],
  ['AUD', /\baud\b|a\$|au\$/],
  ['USD', /\$|\busd\b|\bdollars?\b/],
];

const FACTORS: readonly (readonly [factor: number, suffix: RegExp])[] = [
  [1e7, /^\s*(?:crores?)\b/],
  [1e6, /^\s*(?:m|mm|mio|mln|millions?|millionen|millones)\b/],
  [1e5, /^\s*(?:lakhs?)\b/],
  [1e4, /^\s*万/],
  [1e3, /^\s*(?:k|tsd|thousands?|tausend|mille|mil|grand)\b/],
];

const BELOW =
  /\b(?:under|below|up to|less than|at most|max(?:imum)?|no more than|unter|bis(?: zu)?|hochstens|moins de|jusqu ?a|hasta|menos de|fino a|tot)\b|^\s*<|≤/;
const ABOVE =
  /\b(?:over|above|more than|at least|from|min(?:imum)?|mehr als|uber|ab|mindestens|plus de|mas de|desde|vanaf)\b|\+|^\s*>|≥/;

/** Thousands come in groups of three, whatever stands between them; one or two digits behind a mark are a fraction. */
const NUMBER = /\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?/g;

type Amount = { readonly value: number; readonly factor: number };

const amountFrom = (digits: string): number => {
  const isGrouped = /^\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+/.test(digits);
  if (!isGrouped) return Number(digits.replace(',', '.'));
  const [whole = '', fraction = ''] = digits.split(/[.,](?=\d{1,2}$)/);
  return Number(`${whole.replace(/\D/g, '')}.${fraction || '0'}`);
};

const amountsIn = (text: string): Amount[] =>
  [...text.matchAll(NUMBER)].map((match) => {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 12);
    const factor = FACTORS.find(([, suffix]) => suffix.test(rest))?.[0] ?? 1;
    return { value: amountFrom(match[0]), factor };
  });

/** "10-20k": the first number has the second one's factor where it would be the greater one otherwise or has none. */
const endsOf = ([first, second]: readonly Amount[]): number[] => {
  if (!first) return [];
  if (!second) return [first.value * first.factor];
  const factor = first.factor === 1 && first.value < 1_000 ? second.factor : first.factor;
  return [first.value * factor, second.value * second.factor].sort((a, b) => a - b);
};

const isMoney = (value: number): boolean => Number.isFinite(value) && value > 0 && value <= OPEN;

const fromText = (answer: string): Budget | undefined => {
  const text = plainText(answer);
  const [low, high] = endsOf(amountsIn(text)).filter(isMoney);
  if (low === undefined) return undefined;
  const code = CURRENCIES.find(([, sign]) => sign.test(text))?.[0];
  const currency = code === undefined ? {} : { currency: code };
  if (high !== undefined) return { min: low, max: high, ...currency };
  if (BELOW.test(text)) return { min: 0, max: low, ...currency };
  if (ABOVE.test(text)) return { min: low, max: OPEN, ...currency };
  return { min: low * (1 - ABOUT), max: low * (1 + ABOUT), ...currency };
};

const fromRange = ({ min, max }: { min?: unknown; max?: unknown }): Budget | undefined => {
  const ends = [min, max].map((end) => (typeof end === 'number' && isMoney(end) ? end : undefined));
  const [low, high] = ends;
  if (low === undefined && high === undefined) return undefined;
  const sorted = [low ?? 0, high ?? OPEN].sort((a, b) => a - b);
  return { min: sorted[0] ?? 0, max: sorted[1] ?? OPEN };
};

/**
 * The budget that an answer states: a number, a text ("10-20k", "under 5.000 €", "1.5m"), or a range `{min, max}`. Undefined where
 * it states none. A single amount means a fifth below and above.
 */
export const budgetOf = (answer: unknown): Budget | undefined => {
  if (typeof answer === 'number') {
    return isMoney(answer) ? { min: answer * (1 - ABOUT), max: answer * (1 + ABOUT) } : undefined;
  }
  if (typeof answer === 'string') return fromText(answer);
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer)
    ? fromRange(answer)
    : undefined;
};

/** Whether a budget has both ends. */
export const isClosed = ({ min, max }: Budget): boolean => min > 0 && max < OPEN;
