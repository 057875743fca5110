/** Columns that grow by doubling: how rows of unknown number become typed arrays without an object per row kept. */
export type RowColumns = {
  user: Int32Array;
  item: Int32Array;
  weight: Float32Array;
  at: Float64Array;
  size: number;
};

const FIRST_CAPACITY = 1024;

/** Columns with no rows. */
export function makeRowColumns(): RowColumns {
  return {
    user: new Int32Array(FIRST_CAPACITY),
    item: new Int32Array(FIRST_CAPACITY),
    weight: new Float32Array(FIRST_CAPACITY),
    at: new Float64Array(FIRST_CAPACITY),
    size: 0,
  };
}

/** Doubles the room when it is used up; call before writing row number `columns.size`. */
export function makeRoom(columns: RowColumns): void {
  const capacity = columns.user.length;
  if (columns.size < capacity) return;
  columns.user = copyInto(new Int32Array(2 * capacity), columns.user);
  columns.item = copyInto(new Int32Array(2 * capacity), columns.item);
  columns.weight = copyInto(new Float32Array(2 * capacity), columns.weight);
  columns.at = copyInto(new Float64Array(2 * capacity), columns.at);
}

function copyInto<T extends Int32Array | Float32Array | Float64Array>(target: T, source: T): T {
  target.set(source);
  return target;
}
