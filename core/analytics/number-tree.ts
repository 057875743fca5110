/** Counters: numbers by name, in groups. Whole numbers, so that sums do not depend on the order of adding. */
export type NumberTree = { readonly [name: string]: number | NumberTree | undefined };

type Writable = { [name: string]: number | Writable };

const isGroup = (value: unknown): value is Writable => typeof value === 'object' && value !== null;

const group = (into: Writable, name: string): Writable => {
  const known = into[name];
  if (isGroup(known)) return known;
  const made: Writable = Object.create(null);
  into[name] = made;
  return made;
};

const add = (into: Writable, tree: NumberTree): void => {
  for (const [name, value] of Object.entries(tree)) {
    if (isGroup(value)) add(group(into, name), value);
    else if (value !== undefined) into[name] = ((into[name] as number | undefined) ?? 0) + (value as number);
  }
};

/**
 * Sums of trees, name by name; what one tree lacks counts 0 there. Commutative and associative, as long as the numbers
 * are whole and stay below 2^53.
 */
export const treeSum = <T extends NumberTree>() => {
  const sum: Writable = Object.create(null);
  return {
    add: (tree: T): void => add(sum, tree),
    sum: sum as unknown as T,
  };
};

/** The sum of some trees. */
export const sumTrees = <T extends NumberTree>(trees: Iterable<T>): T => {
  const total = treeSum<T>();
  for (const tree of trees) total.add(tree);
  return total.sum;
};
