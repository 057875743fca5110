import { operationOf } from './operators.ts';
import { keysOf } from './paths.ts';

const isVariable = (logic: unknown, of: (keys: readonly string[]) => boolean): boolean => {
  const operation = operationOf(logic);
  const path = operation?.operator === 'var' ? operation.args[0] : undefined;
  return typeof path === 'string' && of(keysOf(path));
};

const isSegments = (logic: unknown): boolean => isVariable(logic, ([root]) => root === 'segments');

/** Texts of a part of a condition, without the names of variables. */
const textsOf = (logic: unknown): string[] => {
  if (typeof logic === 'string') return [logic];
  if (Array.isArray(logic)) return logic.flatMap(textsOf);
  const operation = operationOf(logic);
  return !operation || operation.operator === 'var' ? [] : operation.args.flatMap(textsOf);
};

const ownNames = (operator: string, args: readonly unknown[]): string[] => {
  const paths = operator === 'var' || operator === 'missing' ? args : [];
  const confident = paths.flatMap((path) => (typeof path === 'string' ? [keysOf(path)] : []));
  const byConfidence = confident.flatMap(([root, name]) => (root === 'confidence' && name ? [name] : []));
  return args.some(isSegments) ? [...byConfidence, ...args.flatMap(textsOf)] : byConfidence;
};

/**
 * The segments that a checked condition is about: texts that stand beside `segments` in an operation, as in
 * `{"in": ["power_user", {"var": "segments"}]}`, and `<name>` of the variables `confidence.<name>`. May name a text too many where
 * an operation compares segments with other things as well, never one too few.
 */
export const segmentsNamed = (condition: unknown): string[] => {
  const names = new Set<string>();
  const walk = (logic: unknown): void => {
    if (Array.isArray(logic)) for (const part of logic) walk(part);
    const operation = operationOf(logic);
    if (!operation) return;
    for (const name of ownNames(operation.operator, operation.args)) names.add(name);
    for (const argument of operation.args) walk(argument);
  };
  walk(condition);
  return [...names].sort();
};
