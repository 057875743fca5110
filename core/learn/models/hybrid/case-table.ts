import { clear, makeTopK, offer, sortBestFirst } from '../../../numbers/top-k.ts';
import type { Cases } from '../../evaluate/cases.ts';
import type { Scorer } from '../model.ts';

/**
 * What every part says about the items that could stand at the top, so that weights can be tried without scoring anew.
 * `start[c] .. start[c + 1])` are the entries of case c, those of its targets first, `targets[c]` of them; `relevant[c]` counts also
 * the targets that no part found. Column f holds the scores of part f.
 */
export type CaseTable = {
  readonly start: Int32Array;
  readonly targets: Int32Array;
  readonly relevant: Int32Array;
  /** Items in the history of each case. */
  readonly lengths: Int32Array;
  readonly columns: readonly Float32Array[];
};

export type TableOptions = {
  items: number;
  /** Best items of each part that are kept; candidates that the case gives are all kept. */
  depth: number;
};

const AT_ONCE = 32;

/** Scores all cases with all parts. */
export function caseTable(parts: readonly Scorer[], cases: Cases, { items, depth }: TableOptions): CaseTable {
  const total = cases.histories.length;
  const start = new Int32Array(total + 1);
  const targets = new Int32Array(total);
  const relevant = Int32Array.from(cases.targets, ({ length }) => length);
  const rows = parts.map(() => new Float32Array(AT_ONCE * items));
  const columns = parts.map(() => makeColumn());
  const room: Room = {
    chosen: new Int32Array(items).fill(-1),
    ids: new Int32Array(items),
    heap: makeTopK(depth),
  };
  for (let first = 0; first < total; first += AT_ONCE) {
    const histories = cases.histories.slice(first, first + AT_ONCE);
    parts.forEach((part, number) => {
      part.score(histories, rows[number]!.subarray(0, histories.length * items));
    });
    for (let at = 0; at < histories.length; at++) {
      const number = first + at;
      const own = rows.map((row) => row.subarray(at * items, (at + 1) * items));
      const { size, found } = gather(room, own, { cases, number });
      targets[number] = found;
      start[number + 1] = start[number]! + size;
      own.forEach((row, part) => {
        append(columns[part]!, row, room.ids.subarray(0, size));
      });
    }
  }
  return {
    start,
    targets,
    relevant,
    lengths: Int32Array.from(cases.histories, (history) => history.items.length),
    columns: columns.map(({ values, size }) => values.subarray(0, size)),
  };
}

type Room = { chosen: Int32Array; ids: Int32Array; heap: ReturnType<typeof makeTopK> };

/** Writes the items of one case into `room.ids`, targets first; a target counts as found where it is among the candidates. */
function gather(
  { chosen, ids, heap }: Room,
  rows: readonly Float32Array[],
  { cases, number }: { cases: Cases; number: number },
): { size: number; found: number } {
  const targets = cases.targets[number]!;
  const excluded = cases.excluded?.[number];
  const candidates = cases.candidates?.[number];
  const seen = number * 2;
  const isOwn = seen + 1;
  let size = 0;
  if (candidates !== undefined) {
    for (const list of [targets, candidates]) {
      for (const item of list) {
        if (item < 0 || chosen[item] === seen) continue;
        chosen[item] = seen;
        ids[size++] = item;
      }
    }
    return { size, found: targets.reduce((found, item) => found + (item >= 0 ? 1 : 0), 0) };
  }
  if (excluded !== undefined) for (const item of excluded) chosen[item] = isOwn;
  for (const row of rows) {
    clear(heap);
    let least = 0;
    for (let item = 0; item < row.length; item++) {
      if (!(row[item]! > least) || chosen[item] === isOwn) continue;
      offer(heap, item, row[item]!);
      if (heap.size === heap.ids.length) least = heap.scores[0]!;
    }
    const kept = sortBestFirst(heap);
    for (let at = 0; at < kept; at++) {
      const item = heap.ids[at]!;
      if (chosen[item] === seen) continue;
      chosen[item] = seen;
      ids[size++] = item;
    }
  }
  return { size, found: targetsFirst(ids.subarray(0, size), targets) };
}

function targetsFirst(ids: Int32Array, targets: Int32Array): number {
  let found = 0;
  for (const target of targets) {
    const at = ids.indexOf(target);
    if (at < found) continue;
    ids[at] = ids[found]!;
    ids[found++] = target;
  }
  return found;
}

type Column = { values: Float32Array; size: number };

function makeColumn(): Column {
  return { values: new Float32Array(1 << 16), size: 0 };
}

function append(column: Column, row: Float32Array, ids: Int32Array): void {
  if (column.size + ids.length > column.values.length) {
    const grown = new Float32Array(2 * (column.size + ids.length));
    grown.set(column.values.subarray(0, column.size));
    column.values = grown;
  }
  for (let at = 0; at < ids.length; at++) column.values[column.size++] = row[ids[at]!]!;
}
