import { afterAll, describe, expect, test } from '@jest/globals';
import { openKernels } from '../../../adapters/kernels/kernels.ts';
import { type Kernels, OutOfKernelMemory } from '../../../core/numbers/kernels.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { allKernels, filled } from '../../support/kernels.ts';

const { plain, one, two, close } = allKernels();
afterAll(close);

/** `rows` sparse rows over `columns`, of which every seventh is empty. */
const sparseRows = (rows: number, columns: number) => {
  const random = seededRandom(5);
  const start = new Int32Array(rows + 1);
  const ids: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (row % 7 !== 3) for (let id = 0; id < columns; id++) if (random() < 0.2) ids.push(id);
    start[row + 1] = ids.length;
  }
  return {
    start,
    ids: Int32Array.from(ids),
    values: Float32Array.from(ids, (_, at) => 0.5 + (at % 5)),
  };
};

const solve = (kernels: Kernels, dimensions: number, withValues: boolean): number[] => {
  const { start, ids, values } = sparseRows(70, 40);
  const solved = filled(kernels, 70 * dimensions, 2);
  kernels.solveFactors({
    start,
    ids,
    values: withValues ? values : undefined,
    fixed: filled(kernels, 40 * dimensions, 1),
    solved,
    dimensions,
    unobservedWeight: 0.1,
    regularization: new Float32Array(70).fill(0.3),
    steps: 3,
  });
  return [...solved];
};

describe.each([
  ['plain', plain],
  ['SIMD on one thread', one],
  ['SIMD on two threads', two],
])('kernels: %s', (_, kernels) => {
  test('allocate zeroed arrays and free them back to a mark', () => {
    const mark = kernels.mark();
    const left = kernels.bytesLeft;
    kernels.f32(1000).fill(1);
    kernels.release(mark);
    expect(kernels.bytesLeft).toBe(left);
    expect([...new Set(kernels.f32(1000))]).toEqual([0]);
    expect([...new Set(kernels.i32(10))]).toEqual([0]);
  });

  test('solve one observation exactly', () => {
    // (w y y' + a y y' + l) x = w y with y = 2, w = 3, a = .5, l = 1: x = 6 / 15
    const solved = kernels.f32(1);
    kernels.solveFactors({
      start: Int32Array.of(0, 1),
      ids: Int32Array.of(0),
      values: Float32Array.of(3),
      fixed: Float32Array.of(2),
      solved,
      dimensions: 1,
      unobservedWeight: 0.5,
      regularization: Float32Array.of(1),
      steps: 2,
    });
    expect(solved[0]).toBeCloseTo(6 / 15, 6);
  });

  test.each([
    [1, false],
    [6, true],
    [8, false],
    [16, true],
  ])('solve factors of %i dimensions like the plain kernels', (dimensions, withValues) => {
    const expected = solve(plain, dimensions, withValues);
    const solved = solve(kernels, dimensions, withValues);
    expect(Math.max(...solved.map((x, at) => Math.abs(x - expected[at]!)))).toBeLessThan(2e-5);
  });

  test('give rows without observations the zero vector', () => {
    expect(solve(kernels, 8, false).slice(3 * 8, 4 * 8)).toEqual(new Array(8).fill(0));
  });

  test('come to the solution of the normal equations with enough steps', () => {
    const { start, ids } = sparseRows(1, 40);
    const fixed = filled(kernels, 40 * 4, 3);
    const solved = kernels.f32(4);
    const regularization = Float32Array.of(0.2);
    kernels.solveFactors({
      start,
      ids,
      fixed,
      solved,
      dimensions: 4,
      unobservedWeight: 0.05,
      regularization,
      steps: 8,
    });
    // The gradient of the loss at the solution is zero: lambda x + a Y'Y x + sum of (y.x) y - sum of y.
    const gradient = Array.from(solved, (x) => 0.2 * x);
    const add = (id: number, scale: number) => {
      for (let at = 0; at < 4; at++) gradient[at]! += scale * fixed[id * 4 + at]!;
    };
    const product = (id: number) => solved.reduce((sum, x, at) => sum + x * fixed[id * 4 + at]!, 0);
    for (let id = 0; id < 40; id++) add(id, 0.05 * product(id));
    for (const id of ids) add(id, product(id) - 1);
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-4);
  });
});

test('one thread and two give the very same numbers', () => {
  expect(solve(two, 16, true)).toEqual(solve(one, 16, true));
});

test('arrays of other memories are read and written too', () => {
  const dense = Float32Array.of(1, 2, 3, 4, 5, 6);
  const out = new Float32Array(4);
  two.multiplySparse({
    sparse: { start: Int32Array.of(0, 2, 3), ids: Int32Array.of(0, 2, 1) },
    dense,
    inner: 2,
    out,
  });
  expect([...out]).toEqual([6, 8, 3, 4]);
});

test.each([true, false])('more than the memory given is refused in megabytes (SIMD: %p)', (simd) => {
  const small = openKernels({ simd, threads: 1, memoryBytes: 1e6 });
  expect(() => small.f32(1e6)).toThrow(new OutOfKernelMemory(4e6));
  small.close();
});
