import { type Compile, source } from './compiled-source.ts';

/** An operator as json-logic-engine takes it; without `compile` compiled source calls `method`. */
export type Method = {
  readonly method: (args: readonly unknown[]) => unknown;
  readonly compile?: Compile;
  readonly deterministic: true;
};

/** Results that grow with every step of a `reduce` end here: beyond it a condition cannot be computed. */
const LONGEST_TEXT = 10_000;
const LONGEST_LIST = 10_000;

/** Of anything: JavaScript compares words and numbers alike. */
type Compare = (a: number, b: number) => boolean;

/** JavaScript's comparison, which is JsonLogic's; the engine's own refuses to compare words with numbers. */
const comparison = (symbol: string, compare: Compare): Method => ({
  method: (args) => {
    const [a, b, c] = args as [number, number, number];
    return compare(a, b) && (args.length < 3 || compare(b, c));
  },
  compile: (args, state) =>
    Array.isArray(args) && args.length === 2
      ? state.compile`((${args[0]}) ${source(symbol)} (${args[1]}))`
      : false,
  deterministic: true,
});

const method = (run: Method['method']): Method => ({ method: run, deterministic: true });

const bounded = <T extends { readonly length: number }>(value: T, longest: number): T => {
  if (value.length > longest) throw new RangeError('A condition made something too long');
  return value;
};

const contains = (needle: unknown, hay: unknown): boolean => {
  if (Array.isArray(hay)) return hay.includes(needle);
  return typeof hay === 'string' && hay.includes(String(needle));
};

const part = (text: unknown, from: number, length: number | undefined): string => {
  const rest = String(text).substr(from);
  if (length === undefined) return rest;
  return length < 0 ? rest.slice(0, Math.max(0, rest.length + length)) : rest.slice(0, length);
};

const joined = (args: readonly unknown[]): string => {
  let text = '';
  for (const one of args) text = bounded(text + (one ?? ''), LONGEST_TEXT);
  return text;
};

const merged = (lists: readonly unknown[]): unknown[] => {
  const all: unknown[] = [];
  for (const list of lists) {
    for (const one of Array.isArray(list) ? list : [list]) all.push(one);
    bounded(all, LONGEST_LIST);
  }
  return all;
};

/** Numerals are numbers, nothing is 0, `true` is 1; a word or a list is no number, and then nothing can be computed. */
const numeral = (value: unknown): number => {
  const number = typeof value === 'object' && value !== null ? Number.NaN : Number(value);
  if (Number.isNaN(number)) throw new TypeError('Not a number');
  return number;
};

const finite = (number: number): number => {
  if (!Number.isFinite(number)) throw new RangeError('Not a number that can be compared');
  return number;
};

const arithmetic = (step: (sum: number, next: number) => number): Method =>
  method((args) => finite(args.map(numeral).reduce(step)));

/**
 * Operators as https://jsonlogic.com/operations.html has them, where the engine differs: it throws on comparisons of words with numbers,
 * on `in` a number and on `max` of text, on sums that are never asked for, and lets `cat` and `merge` grow without end.
 */
export const plainMethods: Readonly<Record<string, Method>> = {
  // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's loose equality is JavaScript's
  '==': comparison('==', (a, b) => a == b),
  // biome-ignore lint/suspicious/noDoubleEquals: JsonLogic's loose equality is JavaScript's
  '!=': comparison('!=', (a, b) => a != b),
  '===': comparison('===', (a, b) => a === b),
  '!==': comparison('!==', (a, b) => a !== b),
  '<': comparison('<', (a, b) => a < b),
  '<=': comparison('<=', (a, b) => a <= b),
  '>': comparison('>', (a, b) => a > b),
  '>=': comparison('>=', (a, b) => a >= b),
  in: method(([needle, hay]) => contains(needle, hay)),
  substr: method(([text, from, length]) =>
    part(text, Number(from), length === undefined ? undefined : Number(length)),
  ),
  cat: method(joined),
  merge: method(merged),
  '+': arithmetic((a, b) => a + b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
  '-': method((args) => finite(args.length === 1 ? -numeral(args[0]) : numeral(args[0]) - numeral(args[1]))),
  max: method((args) => Math.max(...(args as number[]))),
  min: method((args) => Math.min(...(args as number[]))),
};
