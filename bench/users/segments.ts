import { kMeans } from '../../core/learn/users/segments/k-means.ts';
import type { Table } from '../../core/learn/users/standardize.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { timed } from './data.ts';

const ROWS = 100_000;
const COLUMNS = 20;
const CLUSTERS = 5;

/** `spread` 0 is one cloud, the hardest case: Lloyd's algorithm moves borders for long. */
const points = (spread: number): Table => {
  const random = seededRandom(7);
  const values = new Float64Array(ROWS * COLUMNS);
  for (let row = 0; row < ROWS; row++)
    for (let column = 0; column < COLUMNS; column++)
      values[row * COLUMNS + column] =
        (row % CLUSTERS === column % CLUSTERS ? spread : 0) + random() + random() + random();
  return { values, rows: ROWS, columns: COLUMNS };
};

/** k-means of 100,000 users x 20 features; target 5 s. */
export const segmentFigures = async (): Promise<void> => {
  for (const [name, spread] of [
    ['five groups', 3],
    ['one cloud', 0],
  ] as const) {
    const table = points(spread);
    const { result, seconds } = timed(() => kMeans(table, { clusters: CLUSTERS, seed: 1 }));
    console.log(
      `k-means, ${ROWS} x ${COLUMNS}, ${name}: ${seconds.toFixed(2)} s, inertia ${result.inertia.toFixed(0)}, sizes ${result.sizes.join(' ')}`,
    );
  }
};
