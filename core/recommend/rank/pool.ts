/** Where a part of a score may come from, by column of the pool. */
export const PART_SOURCES = [
  'collaborative',
  'sequential',
  'content',
  'interests',
  'goals',
  'affinity',
  'streak',
  'segment',
  'trending',
  'popular',
  'newest',
] as const;
export type PartSource = (typeof PART_SOURCES)[number];

const WIDTH = PART_SOURCES.length;

/** What carried a candidate most: a source, the history item or phrase it came through, and how much it gave. */
export type Cause = { source: PartSource; through: string; amount: number };

/** Candidates with their score parts, one row each, in the order in which they were first named. */
export type Pool = {
  readonly ids: string[];
  readonly rows: Map<string, number>;
  parts: Float64Array;
  /** Parallel to `ids`. */
  readonly causeSources: number[];
  readonly causeThroughs: string[];
  readonly causeAmounts: number[];
};

/** An empty pool; it grows by doubling. */
export function makePool(capacity = 1024): Pool {
  return {
    ids: [],
    rows: new Map(),
    parts: new Float64Array(capacity * WIDTH),
    causeSources: [],
    causeThroughs: [],
    causeAmounts: [],
  };
}

/** The column of a source, to be looked up outside of loops. */
export function columnOf(source: PartSource): number {
  return PART_SOURCES.indexOf(source);
}

/** The row of a candidate, made on first sight. */
export function rowFor(pool: Pool, itemId: string): number {
  const known = pool.rows.get(itemId);
  if (known !== undefined) return known;
  const row = pool.ids.length;
  if ((row + 1) * WIDTH > pool.parts.length) grow(pool);
  pool.ids.push(itemId);
  pool.rows.set(itemId, row);
  pool.causeSources.push(-1);
  pool.causeThroughs.push('');
  pool.causeAmounts.push(0);
  return row;
}

/** Adds to one part and remembers the greatest single contribution as the cause. */
export function addPart(
  pool: Pool,
  row: number,
  part: { column: number; amount: number; through: string },
): void {
  pool.parts[row * WIDTH + part.column]! += part.amount;
  if (part.amount <= pool.causeAmounts[row]!) return;
  pool.causeAmounts[row] = part.amount;
  pool.causeSources[row] = part.column;
  pool.causeThroughs[row] = part.through;
}

/** The sum of a candidate's parts. */
export function rawScore(pool: Pool, row: number): number {
  let sum = 0;
  for (let at = row * WIDTH; at < (row + 1) * WIDTH; at++) sum += pool.parts[at]!;
  return sum;
}

/** The parts that are not zero, each multiplied by `factor`. */
export function partsOf(pool: Pool, row: number, factor: number): Partial<Record<PartSource, number>> {
  const parts: Partial<Record<PartSource, number>> = {};
  PART_SOURCES.forEach((source, column) => {
    const amount = pool.parts[row * WIDTH + column]!;
    if (amount !== 0) parts[source] = amount * factor;
  });
  return parts;
}

/** What carried a candidate most, undefined where nothing did. */
export function causeOf(pool: Pool, row: number): Cause | undefined {
  const column = pool.causeSources[row]!;
  if (column < 0) return undefined;
  return {
    source: PART_SOURCES[column]!,
    through: pool.causeThroughs[row]!,
    amount: pool.causeAmounts[row]!,
  };
}

function grow(pool: Pool): void {
  const larger = new Float64Array(2 * pool.parts.length);
  larger.set(pool.parts);
  pool.parts = larger;
}
