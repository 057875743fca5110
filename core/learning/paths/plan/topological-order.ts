type Node = { readonly id: string; readonly prerequisites: readonly string[] };

/** Ids that wait for each id, and how many each still waits for. Prerequisites that are no node of the list count as done. */
const graphOf = (nodes: readonly Node[]) => {
  const waiting = new Map(nodes.map(({ id }) => [id, 0]));
  const followers = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { id, prerequisites } of nodes) {
    for (const before of new Set(prerequisites)) {
      if (!followers.has(before)) continue;
      followers.get(before)!.push(id);
      waiting.set(id, waiting.get(id)! + 1);
    }
  }
  return { waiting, followers };
};

/**
 * Topological order (Kahn 1962, "Topological sorting of large networks"): of what is open the greatest priority comes next, of equal
 * ones the first that was given. What lies on a cycle is left out.
 */
export const topologicalOrder = <N extends Node>(
  nodes: readonly N[],
  priorityOf: (node: N) => number,
): N[] => {
  const { waiting, followers } = graphOf(nodes);
  const position = new Map(nodes.map(({ id }, at) => [id, at]));
  const priority = nodes.map(priorityOf);
  const open = new Set(nodes.flatMap(({ id }, at) => (waiting.get(id) === 0 ? [at] : [])));
  const isBetter = (one: number, other: number): boolean =>
    priority[one]! > priority[other]! || (priority[one] === priority[other] && one < other);
  const ordered: N[] = [];
  while (open.size > 0) {
    const next = [...open].reduce((best, at) => (isBetter(at, best) ? at : best));
    open.delete(next);
    ordered.push(nodes[next]!);
    for (const id of followers.get(nodes[next]!.id)!) {
      const left = waiting.get(id)! - 1;
      waiting.set(id, left);
      if (left === 0) open.add(position.get(id)!);
    }
  }
  return ordered;
};
