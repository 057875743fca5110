/** How many arguments an operator takes. */
export type Arity = readonly [fewest: number, most: number];

const ANY_NUMBER = Number.POSITIVE_INFINITY;

/** The operators of JsonLogic (https://jsonlogic.com/operations.html) that conditions may use: all but `log` and `method`. */
export const OPERATORS: Readonly<Record<string, Arity>> = {
  var: [1, 2],
  missing: [1, ANY_NUMBER],
  missing_some: [2, 2],
  if: [2, ANY_NUMBER],
  '?:': [3, 3],
  and: [1, ANY_NUMBER],
  or: [1, ANY_NUMBER],
  '!': [1, 1],
  '!!': [1, 1],
  '==': [2, 2],
  '===': [2, 2],
  '!=': [2, 2],
  '!==': [2, 2],
  '<': [2, 3],
  '<=': [2, 3],
  '>': [2, 2],
  '>=': [2, 2],
  max: [1, ANY_NUMBER],
  min: [1, ANY_NUMBER],
  '+': [1, ANY_NUMBER],
  '-': [1, 2],
  '*': [1, ANY_NUMBER],
  '/': [2, 2],
  '%': [2, 2],
  in: [2, 2],
  cat: [1, ANY_NUMBER],
  substr: [2, 3],
  merge: [1, ANY_NUMBER],
  map: [2, 2],
  filter: [2, 2],
  all: [2, 2],
  none: [2, 2],
  some: [2, 2],
  reduce: [3, 3],
};

/** Operators that look at a list: the second argument is asked of each element, and its variables are the element's. */
export const ITERATORS: ReadonlySet<string> = new Set(['map', 'filter', 'all', 'none', 'some', 'reduce']);

/** Operators whose arguments name variables. */
export const READERS: ReadonlySet<string> = new Set(['var', 'missing', 'missing_some']);

/** The operator of an object of one key and its arguments, always as a list; undefined for everything else. */
export const operationOf = (logic: unknown): { operator: string; args: readonly unknown[] } | undefined => {
  if (typeof logic !== 'object' || logic === null || Array.isArray(logic)) return undefined;
  const [operator, ...more] = Object.keys(logic);
  if (operator === undefined || more.length > 0) return undefined;
  const given = (logic as Record<string, unknown>)[operator];
  return { operator, args: Array.isArray(given) ? given : [given] };
};
