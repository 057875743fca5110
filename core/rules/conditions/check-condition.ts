import type { FieldError } from '../../errors.ts';
import { isObject } from '../../is-object.ts';
import { type Part, partFaults } from './check-part.ts';
import { operationOf } from './operators.ts';
import { type Readable, RULE_VARIABLES } from './variables.ts';

/** How large a condition may be. */
export const CONDITION_LIMITS = {
  /** Operators and lists within each other. */
  depth: 12,
  /** Operators, lists and constants together. */
  nodes: 500,
  /** Characters of its JSON. */
  json: 8_192,
  /** `some`, `map` and their like within each other: what they cost multiplies. */
  iterators: 2,
  /** Faults that are told at once. */
  faults: 20,
} as const;

export type ConditionOptions = {
  /** What may be read; the variables of rules where nothing is said. */
  readonly variables?: Readable;
};

const sizeOf = (logic: unknown): number => {
  if (Array.isArray(logic)) return logic.length;
  const operation = operationOf(logic);
  return operation ? operation.args.length : 0;
};

/** A part that is too much by itself, however the rest is: nothing below it is looked at. */
const limitFault = (part: Part, nodes: number): string | undefined => {
  const { depth, iterators, nodes: most } = CONDITION_LIMITS;
  if (part.depth > depth) return `must not be nested deeper than ${depth} levels`;
  if (nodes + sizeOf(part.logic) > most) return `must have at most ${most} operators and constants`;
  if (part.iterators > iterators) return `must not ask lists within lists more than ${iterators} levels deep`;
  return undefined;
};

const walk = (condition: unknown, path: string, variables: Readable): FieldError[] => {
  const faults: FieldError[] = [];
  const pending: Part[] = [{ logic: condition, path, depth: 1, iterators: 0 }];
  let nodes = 1;
  while (pending.length > 0 && faults.length < CONDITION_LIMITS.faults) {
    const part = pending.pop()!;
    const limit = limitFault(part, nodes);
    if (limit !== undefined) return [{ path, message: limit }];
    const found = partFaults(part, variables);
    faults.push(...found.faults);
    pending.push(...found.parts.toReversed());
    nodes += sizeOf(part.logic);
  }
  return faults.slice(0, CONDITION_LIMITS.faults);
};

/**
 * Everything that is wrong with a condition, one row per place (`condition.and.1.>=.0`): operators that do not exist, wrong
 * numbers of arguments, variables that do not exist or reach prototypes, and what is too deep or too large. Empty for a good one.
 * `true` is a condition: everybody meets it. The depth is guarded: a hundred thousand levels do no harm.
 * @param path how the errors name the condition
 */
export const conditionFaults = (
  condition: unknown,
  path: string,
  options?: ConditionOptions,
): FieldError[] => {
  if (typeof condition !== 'boolean' && !isObject(condition)) {
    return [{ path, message: 'must be an operator with its arguments, or true' }];
  }
  const faults = walk(condition, path, options?.variables ?? RULE_VARIABLES);
  if (faults.length > 0) return faults;
  const tooLong = JSON.stringify(condition).length > CONDITION_LIMITS.json;
  return tooLong ? [{ path, message: `must be at most ${CONDITION_LIMITS.json} characters of JSON` }] : [];
};
