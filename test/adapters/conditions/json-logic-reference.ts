/**
 * JsonLogic as it is written down, walked node by node: what the compiled conditions are held against. `Odd` stands for what
 * this engine calls "cannot be computed": sums with words, lists that are none.
 */
export class Odd extends Error {}

type Data = unknown;

export const isTrue = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

const numeral = (value: unknown): number => {
  if (typeof value === 'object' && value !== null) throw new Odd('an object is no number');
  const number = Number(value);
  if (Number.isNaN(number)) throw new Odd(`${value} is no number`);
  return number;
};

const computed = (number: number): number => {
  if (!Number.isFinite(number)) throw new Odd('the result is no number');
  return number;
};

const at = (path: unknown, data: Data): unknown => {
  if (path === '') return data;
  let value: unknown = data;
  for (const key of String(path).split('.')) {
    if (value === null || value === undefined) return undefined;
    value = Object.hasOwn(Object(value), key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
};

const listOf = (value: unknown): unknown[] => {
  if (!value) return [];
  if (!Array.isArray(value)) throw new Odd('no list');
  return value;
};

const missing = (paths: unknown[], data: Data) => paths.filter((path) => at(path, data) === undefined);

type Lazy = (args: unknown[], data: Data) => unknown;

const lazy: Record<string, Lazy> = {
  var: ([path, otherwise], data) => at(path, data) ?? (otherwise === undefined ? null : run(otherwise, data)),
  missing: (paths, data) => missing(paths, data),
  missing_some: ([needed, paths], data) => {
    const gone = missing(paths as unknown[], data);
    return (paths as unknown[]).length - gone.length >= Number(needed) ? [] : gone;
  },
  and: (args, data) => {
    let last: unknown = null;
    for (const arg of args) {
      last = run(arg, data);
      if (!isTrue(last)) break;
    }
    return last;
  },
  or: (args, data) => {
    let last: unknown = null;
    for (const arg of args) {
      last = run(arg, data);
      if (isTrue(last)) break;
    }
    return last;
  },
  if: ([test, then, ...rest], data) => {
    if (isTrue(run(test, data))) return run(then, data);
    if (rest.length === 0) return null;
    return rest.length === 1 ? run(rest[0], data) : lazy.if!(rest, data);
  },
  map: ([list, each], data) => listOf(run(list, data)).map((one) => run(each, one)),
  filter: ([list, each], data) => listOf(run(list, data)).filter((one) => isTrue(run(each, one))),
  some: ([list, each], data) => listOf(run(list, data)).some((one) => isTrue(run(each, one))),
  none: ([list, each], data) => !listOf(run(list, data)).some((one) => isTrue(run(each, one))),
  all: ([list, each], data) => {
    const all = listOf(run(list, data));
    return all.length > 0 && all.every((one) => isTrue(run(each, one)));
  },
};

// biome-ignore lint/suspicious/noExplicitAny: JavaScript's own comparison of anything
type Two = (a: any, b: any) => boolean;
const compared =
  (two: Two) =>
  ([a, b, c]: unknown[]) =>
    two(a, b) && (c === undefined || two(b, c));

const eager: Record<string, (args: unknown[]) => unknown> = {
  '!': ([a]) => !isTrue(a),
  '!!': ([a]) => isTrue(a),
  // biome-ignore lint/suspicious/noDoubleEquals: loose as JsonLogic is
  '==': compared((a, b) => a == b),
  // biome-ignore lint/suspicious/noDoubleEquals: loose as JsonLogic is
  '!=': compared((a, b) => a != b),
  '===': compared((a, b) => a === b),
  '!==': compared((a, b) => a !== b),
  '<': compared((a, b) => a < b),
  '<=': compared((a, b) => a <= b),
  '>': compared((a, b) => a > b),
  '>=': compared((a, b) => a >= b),
  max: (args) => Math.max(...(args as number[])),
  min: (args) => Math.min(...(args as number[])),
  '+': (args) => computed(args.map(numeral).reduce((a, b) => a + b)),
  '*': (args) => computed(args.map(numeral).reduce((a, b) => a * b)),
  '-': ([a, ...b]) => computed(b.length === 0 ? -numeral(a) : numeral(a) - numeral(b[0])),
  '/': ([a, b]) => computed(numeral(a) / numeral(b)),
  '%': ([a, b]) => computed(numeral(a) % numeral(b)),
  in: ([needle, hay]) =>
    Array.isArray(hay) ? hay.includes(needle) : typeof hay === 'string' && hay.includes(String(needle)),
  cat: (args) => args.map((one) => one ?? '').join(''),
  merge: (args) => args.flat(),
};

/** The value of a condition. Throws `Odd`. */
export const run = (logic: unknown, data: Data): unknown => {
  if (Array.isArray(logic)) return logic.map((one) => run(one, data));
  if (typeof logic !== 'object' || logic === null) return logic;
  const [[operator, given]] = Object.entries(logic) as [[string, unknown]];
  const args = Array.isArray(given) ? given : [given];
  const late = lazy[operator];
  return late ? late(args, data) : eager[operator]!(args.map((arg) => run(arg, data)));
};
