/** Dense numbers for strings, in order of first appearance. */
export type StringTable = { readonly names: string[]; readonly index: Map<string, number> };

/** An empty table. */
export function makeStringTable(): StringTable {
  return { names: [], index: new Map() };
}

/** The number of a name, given out on first sight. */
export function numberOf(table: StringTable, name: string): number {
  const known = table.index.get(name);
  if (known !== undefined) return known;
  const next = table.names.length;
  table.names.push(name);
  table.index.set(name, next);
  return next;
}
