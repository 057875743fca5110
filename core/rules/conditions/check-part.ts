import type { FieldError } from '../../errors.ts';
import { isObject } from '../../is-object.ts';
import { elementPathFault, segmentPathFault, variableFault } from './check-path.ts';
import { type Arity, ITERATORS, OPERATORS, operationOf, READERS } from './operators.ts';
import type { Readable } from './variables.ts';

/** How much of an operator that does not exist is told. */
const LONGEST_NAME = 50;

/** A part of a condition that is checked by itself. */
export type Part = {
  readonly logic: unknown;
  readonly path: string;
  readonly depth: number;
  /** How many lists' elements it looks at; 0: the data. */
  readonly iterators: number;
  /** Whether the elements are names of segments, which have nothing below them. */
  readonly ofSegments?: boolean;
};

/** What is wrong with a part itself, and the parts below it. */
export type Found = { readonly faults: readonly FieldError[]; readonly parts: readonly Part[] };
type Operation = { readonly operator: string; readonly args: readonly unknown[] };

const fault = (path: string, message: string): Found => ({ faults: [{ path, message }], parts: [] });

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;

const arityText = ([fewest, most]: Arity): string => {
  if (most === Number.POSITIVE_INFINITY) return `at least ${counted(fewest)}`;
  return fewest === most ? counted(fewest) : `${fewest} to ${counted(most)}`;
};

/** Path of an argument: a single one may stand without a list around it. */
const argumentPath = (part: Part, operator: string, at: number): string => {
  const given = (part.logic as Record<string, unknown>)[operator];
  return Array.isArray(given) ? `${part.path}.${operator}.${at}` : `${part.path}.${operator}`;
};

const isSegments = (logic: unknown): boolean => {
  const operation = operationOf(logic);
  return operation?.operator === 'var' && operation.args[0] === 'segments';
};

/** Whose elements an argument looks at: those of the list before it, where the operator asks it of each; else as the operator itself. */
const scopeOf = (part: Part, { operator, args }: Operation, at: number) => {
  const { iterators, ofSegments } = part;
  if (at !== 1 || !ITERATORS.has(operator)) return { iterators, ofSegments };
  return { iterators: iterators + 1, ofSegments: operator !== 'reduce' && isSegments(args[0]) };
};

const childrenOf = (part: Part, operation: Operation, from: number): Part[] =>
  operation.args.slice(from).map((logic, at) => ({
    logic,
    path: argumentPath(part, operation.operator, at + from),
    depth: part.depth + 1,
    ...scopeOf(part, operation, at + from),
  }));

type FaultOf = (path: unknown) => string | undefined;

const namesFaults = (names: readonly unknown[], pathOf: (at: number) => string, faultOf: FaultOf): Found => ({
  faults: names.flatMap((name, at) => {
    const message = faultOf(name);
    return message === undefined ? [] : [{ path: pathOf(at), message }];
  }),
  parts: [],
});

/** `var`, `missing` and `missing_some` name variables as constants, so that it is known what a condition reads. */
const readerFaults = (part: Part, operation: Operation, faultOf: FaultOf): Found => {
  const { operator, args } = operation;
  const at = (index: number) => argumentPath(part, operator, index);
  if (operator === 'var') {
    return { ...namesFaults(args.slice(0, 1), at, faultOf), parts: childrenOf(part, operation, 1) };
  }
  if (operator === 'missing') return namesFaults(args, at, faultOf);
  const [needed, names] = args;
  if (typeof needed !== 'number' || !Number.isInteger(needed)) return fault(at(0), 'must be a whole number');
  if (!Array.isArray(names)) return fault(at(1), 'must be a list of paths');
  return namesFaults(names, (index) => `${at(1)}.${index}`, faultOf);
};

const pathFault = ({ iterators, ofSegments }: Part, variables: Readable): FaultOf => {
  if (ofSegments) return segmentPathFault;
  return iterators > 0 ? elementPathFault : (name) => variableFault(name, variables);
};

const operationFaults = (part: Part, operation: Operation, variables: Readable): Found => {
  const { operator, args } = operation;
  const path = `${part.path}.${operator.slice(0, LONGEST_NAME)}`;
  const arity = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (arity === undefined) {
    return fault(path, `is not an operator; there are ${Object.keys(OPERATORS).join(', ')}`);
  }
  if (args.length < arity[0] || args.length > arity[1]) {
    return fault(path, `takes ${arityText(arity)}, not ${args.length}`);
  }
  if (READERS.has(operator)) {
    return readerFaults(part, operation, pathFault(part, variables));
  }
  return { faults: [], parts: childrenOf(part, operation, 0) };
};

/** Looks at one part: its operator, how many arguments it has, which variables it names. */
export const partFaults = (part: Part, variables: Readable): Found => {
  const { logic, path, depth } = part;
  if (Array.isArray(logic)) {
    const parts = logic.map((one, at) => ({
      ...part,
      logic: one,
      path: `${path}.${at}`,
      depth: depth + 1,
    }));
    return { faults: [], parts };
  }
  if (!isObject(logic)) return { faults: [], parts: [] };
  const operation = operationOf(logic);
  if (operation) return operationFaults(part, operation, variables);
  return fault(path, `must have exactly one operator, not ${Object.keys(logic).length}`);
};
