import { ITERATORS, operationOf, READERS } from './operators.ts';

type Operation = { readonly operator: string; readonly args: readonly unknown[] };

const words = (values: readonly unknown[]): string[] => values.filter((value) => typeof value === 'string');

/** The variables that an operation names itself. */
const namedBy = ({ operator, args }: Operation): readonly string[] => {
  if (operator === 'var') return words(args.slice(0, 1));
  if (operator === 'missing') return words(args);
  return operator === 'missing_some' ? words([args[1]].flat()) : [];
};

/** The arguments that see the same data as the operation; what is asked of a list's elements sees the element. */
export const argumentsInScope = ({ operator, args }: Operation): readonly unknown[] => {
  if (ITERATORS.has(operator)) return args.filter((_, at) => at !== 1);
  if (operator === 'var') return args.slice(1);
  return READERS.has(operator) ? [] : args;
};

const collect = (logic: unknown, paths: Set<string>): void => {
  if (Array.isArray(logic)) {
    for (const part of logic) collect(part, paths);
    return;
  }
  const operation = operationOf(logic);
  if (!operation) return;
  for (const path of namedBy(operation)) paths.add(path);
  for (const argument of argumentsInScope(operation)) collect(argument, paths);
};

/** The distinct paths that a checked condition reads, sorted. Variables of the elements of lists are none. */
export const readsOf = (condition: unknown): string[] => {
  const paths = new Set<string>();
  collect(condition, paths);
  return [...paths].sort();
};
