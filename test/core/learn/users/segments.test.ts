import { describe, expect, it } from '@jest/globals';
import { clusterNames } from '../../../../core/learn/users/segments/cluster-names.ts';
import { clusterOf } from '../../../../core/learn/users/segments/cluster-of.ts';
import { kMeans } from '../../../../core/learn/users/segments/k-means.ts';
import { trainSegments } from '../../../../core/learn/users/segments/train-segments.ts';
import {
  standardizationOf,
  standardized,
  type Table,
  tableOf,
} from '../../../../core/learn/users/standardize.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { BEHAVIOUR_FEATURES } from '../../../../core/profile/view/behaviour-vector.ts';

/** Points around given centres, in turn. */
const blobs = (centres: readonly (readonly number[])[], perCentre: number, seed = 3): Table => {
  const random = seededRandom(seed);
  const rows = Array.from({ length: perCentre * centres.length }, (_, n) =>
    centres[n % centres.length]!.map((x) => x + random() - 0.5),
  );
  return tableOf(rows, centres[0]!.length);
};

const CENTRES = [
  [0, 0],
  [9, 0],
  [0, 9],
  [9, 9],
  [20, 20],
];

describe('k-means', () => {
  it('finds separated groups, whole and each once, under any seed', () => {
    const points = blobs(CENTRES, 40);
    for (let seed = 0; seed < 20; seed++) {
      const { sizes, assignment } = kMeans(points, { clusters: 5, seed });
      expect(sizes).toEqual([40, 40, 40, 40, 40]);
      for (let row = 5; row < points.rows; row++) expect(assignment[row]).toBe(assignment[row % 5]);
    }
  });

  it('puts centroids at the means and reports the sum of squares', () => {
    const points = tableOf([[0], [2], [10], [14]], 1);
    const { centroids, inertia } = kMeans(points, { clusters: 2, seed: 1 });
    expect([...centroids].sort((a, b) => a - b)).toEqual([1, 12]);
    expect(inertia).toBe(1 + 1 + 4 + 4);
  });

  it('is the same again under the same seed', () => {
    const points = blobs([[0, 0]], 300);
    const [first, again] = [
      kMeans(points, { clusters: 5, seed: 7 }),
      kMeans(points, { clusters: 5, seed: 7 }),
    ];
    expect(again).toEqual(first);
  });

  it('fills every cluster of a cloud with outliers and copies', () => {
    const rows = [...Array.from({ length: 100 }, () => [1, 1]), [2, 2], [3, 3], [500, 500], [-500, 0]];
    const { sizes } = kMeans(tableOf(rows, 2), { clusters: 5, seed: 1 });
    expect(sizes).toHaveLength(5);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('has no more clusters than there are distinct points', () => {
    const { clusters, sizes, inertia } = kMeans(tableOf([[1], [1], [4]], 1), { clusters: 5, seed: 1 });
    expect(clusters).toBe(2);
    expect(sizes.sort()).toEqual([1, 2]);
    expect(inertia).toBe(0);
    expect(kMeans(tableOf([[7]], 1), { clusters: 5, seed: 1 }).clusters).toBe(1);
  });

  it('refuses an empty table', () => {
    expect(() => kMeans(tableOf([], 2), { clusters: 5, seed: 1 })).toThrow(RangeError);
  });

  it('of more points than the restarts sample serves the groups all the same', () => {
    const { sizes } = kMeans(blobs(CENTRES, 3_000), { clusters: 5, seed: 1 });
    expect(sizes).toEqual([3_000, 3_000, 3_000, 3_000, 3_000]);
  });
});

describe('a table', () => {
  it('leaves out rows of another length or with values that are no numbers, and counts them', () => {
    const table = tableOf([[1, 2], [1], [Number.NaN, 1], [3, Number.POSITIVE_INFINITY], [3, 4]], 2);
    expect(table).toMatchObject({ rows: 2, skipped: 3 });
    expect([...table.values]).toEqual([1, 2, 3, 4]);
  });

  it('standardised has mean 0 and variance 1; a constant column stays 0', () => {
    const table = tableOf(
      [
        [1, 5],
        [2, 5],
        [6, 5],
      ],
      2,
    );
    const { values } = standardized(table, standardizationOf(table));
    const first = [values[0]!, values[2]!, values[4]!];
    expect(first.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 12);
    expect(first.reduce((sum, x) => sum + x * x, 0) / 3).toBeCloseTo(1, 12);
    expect([values[1], values[3], values[5]]).toEqual([0, 0, 0]);
  });
});

describe('trained segments', () => {
  const random = seededRandom(11);
  const place = (name: string): number => BEHAVIOUR_FEATURES.indexOf(name as never);
  const user = (traits: Record<string, number>): number[] => {
    const vector = BEHAVIOUR_FEATURES.map(() => random() * 0.1);
    for (const [name, value] of Object.entries(traits)) vector[place(name)]! += value;
    return vector;
  };
  const rows = Array.from({ length: 300 }, (_, n) =>
    n % 3 === 0
      ? user({ frequency: 4, mobileShare: 1, eveningShare: 1 })
      : n % 3 === 1
        ? user({ recency: 4 })
        : user({ desktopShare: 1, payments: 3 }),
  );
  const { model, report } = trainSegments(tableOf(rows, BEHAVIOUR_FEATURES.length), {
    features: BEHAVIOUR_FEATURES,
    seed: 1,
    clusters: 3,
  });

  it('are named by what sets them apart', () => {
    expect(clusterOf(model, rows[0]!).name).toMatch(/frequent|evening|mobile/);
    expect(clusterOf(model, rows[1]!).name).toMatch(/^lapsed .*users$/);
    expect(clusterOf(model, rows[2]!).name).toMatch(/paying|desktop/);
    expect(new Set(model.names).size).toBe(3);
  });

  it('find every training row in the group that it was counted in', () => {
    const counted = [0, 0, 0];
    for (const row of rows) counted[clusterOf(model, row).index]! += 1;
    expect(counted).toEqual(model.sizes);
    expect(report).toMatchObject({
      samples: 300,
      clusters: model.names.map((name) => ({ name, users: 100 })),
    });
    expect(report.explained).toBeGreaterThan(0.25);
  });

  it('survive JSON', () => {
    expect(clusterOf(JSON.parse(JSON.stringify(model)), rows[4]!)).toEqual(clusterOf(model, rows[4]!));
  });

  it('of users who are all alike are one', () => {
    const alike = trainSegments(tableOf([rows[0]!, rows[0]!, rows[0]!], BEHAVIOUR_FEATURES.length), {
      features: BEHAVIOUR_FEATURES,
      seed: 1,
    });
    expect(alike.model.names).toEqual(['average users']);
    expect(clusterOf(alike.model, rows[0]!)).toEqual({
      name: 'average users',
      index: 0,
      distance: expect.closeTo(0, 9),
    });
  });
});

describe('names of clusters', () => {
  const centroid = (traits: Record<string, number>): number[] =>
    BEHAVIOUR_FEATURES.map((feature) => traits[feature] ?? 0);

  it('say the strongest traits in a fixed order, one of each kind', () => {
    const names = clusterNames(BEHAVIOUR_FEATURES, [
      centroid({ mobileShare: 1.5, frequency: 1.2, sessions: 1.1, eveningShare: 0.4 }),
      centroid({ frequency: -2, recency: 1 }),
    ]);
    expect(names).toEqual(['frequent mobile users', 'lapsed occasional users']);
  });

  it('grow by further traits, then by a number, until they are unique', () => {
    const same = centroid({ mobileShare: 1.5, frequency: 1.2, eveningShare: 0.4 });
    expect(clusterNames(BEHAVIOUR_FEATURES, [same, same, same, same])).toEqual([
      'frequent mobile users',
      'frequent evening mobile users',
      'frequent mobile users 2',
      'frequent mobile users 3',
    ]);
    expect(clusterNames(BEHAVIOUR_FEATURES, [centroid({}), centroid({})])).toEqual([
      'average users',
      'average users 2',
    ]);
  });

  it('pass over features that nobody named', () => {
    expect(clusterNames(['toString', 'x'], [[3, 3]])).toEqual(['average users']);
  });
});
