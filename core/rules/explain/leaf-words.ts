import { operationOf } from '../conditions/operators.ts';
import { readsOf } from '../conditions/reads-of.ts';
import type { Json } from '../types.ts';
import { nameOf, valueText } from './words.ts';

/** A comparison in words. */
export type LeafWords = {
  /** The variable it looks at, or the first of them; empty where it looks at none. */
  readonly path: string;
  readonly name: string;
  /** What the variable is compared with, where that is a constant. */
  readonly expected?: Json;
  /** After the name: `at least 4`. */
  readonly expects: string;
  /** Whether the words alone tell the value once they hold: `plan is pro`, `segment power_user`. */
  readonly tellsValue: boolean;
  /** The whole: `engagement level at least 4`. */
  readonly text: string;
};

type Side = { readonly path: string } | { readonly constant: Json };

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const COMPARED: Readonly<Record<string, string>> = {
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
};
const LONGEST_JSON = 80;

const sideOf = (logic: Json | undefined): Side | undefined => {
  const operation = operationOf(logic);
  if (operation?.operator === 'var' && typeof operation.args[0] === 'string') {
    return { path: operation.args[0] };
  }
  return operation === undefined && logic !== undefined ? { constant: logic } : undefined;
};

const words = (path: string, expects: string, rest?: Partial<LeafWords>): LeafWords => {
  const name = path === '' ? 'condition' : nameOf(path);
  return { path, name, expects, tellsValue: false, text: `${name} ${expects}`, ...rest };
};

const not = (negated: boolean, expects: string): string => (negated ? `not ${expects}` : expects);

/** `[variable, constant]`, in either order, and the operator as if the variable stood first. */
const comparedWith = (operator: string, args: readonly Json[]) => {
  const [left, right] = [sideOf(args[0]), sideOf(args[1])];
  if (left && right && 'path' in left && 'constant' in right) {
    return { operator, path: left.path, expected: right.constant };
  }
  if (left && right && 'constant' in left && 'path' in right) {
    return { operator: FLIPPED[operator] ?? operator, path: right.path, expected: left.constant };
  }
  return undefined;
};

const orderWords = (operator: string, args: readonly Json[], negated: boolean): LeafWords | undefined => {
  const middle = args.length === 3 ? sideOf(args[1]) : undefined;
  if (middle && 'path' in middle) {
    return words(middle.path, not(negated, `between ${valueText(args[0])} and ${valueText(args[2])}`));
  }
  const compared = comparedWith(operator, args);
  if (!compared || args.length !== 2) return undefined;
  const { path, expected } = compared;
  return words(path, not(negated, `${COMPARED[compared.operator]} ${valueText(expected)}`), { expected });
};

const equalityWords = (operator: string, args: readonly Json[], negated: boolean): LeafWords | undefined => {
  const compared = comparedWith(operator, args);
  if (!compared) return undefined;
  const { path, expected } = compared;
  const isEqual = operator.startsWith('=') !== negated;
  const value = valueText(expected);
  return words(path, isEqual ? `is ${value}` : `is not ${value}`, { expected, tellsValue: isEqual });
};

const membershipWords = (args: readonly Json[], negated: boolean): LeafWords | undefined => {
  const [needle, hay] = [sideOf(args[0]), sideOf(args[1])];
  if (needle && hay && 'constant' in needle && 'path' in hay) {
    const expected = needle.constant;
    if (hay.path === 'segments') {
      const text = not(negated, `segment ${valueText(expected)}`);
      return words(hay.path, text, { expected, text, tellsValue: true });
    }
    const contains = negated ? 'does not contain' : 'contains';
    return words(hay.path, `${contains} ${valueText(expected)}`, { expected });
  }
  if (needle && hay && 'path' in needle && 'constant' in hay) {
    const one = Array.isArray(hay.constant) ? 'one of' : 'part of';
    const expects = `is ${not(negated, `${one} ${valueText(hay.constant)}`)}`;
    return words(needle.path, expects, { expected: hay.constant });
  }
  return undefined;
};

const missingWords = (args: readonly Json[], negated: boolean): LeafWords => {
  const names = args.map((path) => nameOf(String(path))).join(' or ');
  const expects = negated ? 'known' : 'missing';
  return words(String(args[0]), expects, { text: `${names} ${expects}` });
};

const otherWords = (logic: Json, negated: boolean): LeafWords => {
  const json = JSON.stringify(logic);
  const shown = json.length > LONGEST_JSON ? `${json.slice(0, LONGEST_JSON)}…` : json;
  return words(readsOf(logic)[0] ?? '', not(negated, `fits ${shown}`));
};

const knownWords = (logic: Json, negated: boolean): LeafWords | undefined => {
  const operation = operationOf(logic);
  if (!operation) return undefined;
  const { operator, args } = operation as { operator: string; args: readonly Json[] };
  if (Object.hasOwn(COMPARED, operator)) return orderWords(operator, args, negated);
  if (/^[!=]==?$/.test(operator)) return equalityWords(operator, args, negated);
  if (operator === 'missing') return missingWords(args, negated);
  if (operator === 'in') return membershipWords(args, negated);
  if (operator === 'var') return words(String(args[0]), negated ? 'is not set' : 'is set');
  return undefined;
};

/** A leaf of a checked condition in words. */
export const leafWords = (logic: Json, negated: boolean): LeafWords => {
  if (typeof logic === 'boolean') {
    const text = logic === negated ? 'never' : 'always';
    return words('', text, { text, tellsValue: true });
  }
  return knownWords(logic, negated) ?? otherWords(logic, negated);
};

/** The comparison with what it saw: `engagement level 5 (at least 4)`. */
export const seenText = (leaf: LeafWords, value: unknown, passed: boolean): string => {
  if (leaf.path === '' || (leaf.tellsValue && passed)) return leaf.text;
  return `${leaf.name} ${valueText(value)} (${leaf.expects})`;
};
