import { afterAll, describe, expect, test } from '@jest/globals';
import { invertBlock, NotPositiveDefinite } from '../../../core/numbers/invert-block.ts';
import type { Kernels } from '../../../core/numbers/kernels.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { allKernels, filled } from '../../support/kernels.ts';

const { plain, one, two, close } = allKernels();
afterAll(close);

const difference = (left: ArrayLike<number>, right: ArrayLike<number>): number => {
  let most = left.length === right.length ? 0 : Number.NaN;
  for (let at = 0; at < left.length; at++) most = Math.max(most, Math.abs(left[at]! - right[at]!));
  return most;
};

const product = (kernels: Kernels, [rows, columns, inner]: readonly [number, number, number]) => {
  const left = filled(kernels, rows * inner, 1);
  const right = filled(kernels, columns * inner, 2);
  const out = kernels.f32(rows * columns).fill(Number.NaN);
  kernels.multiplyTransposed({ left, right, out, rows, columns, inner });
  return { left, right, out };
};

/** X'X + ridge I for random 0/1 rows, whose greatest eigenvalue is some thousand times the ridge. */
const gram = (kernels: Kernels, size: number, ridge: number): Float32Array => {
  const random = seededRandom(size);
  const matrix = kernels.f32(size * size);
  for (let user = 0; user < 2 * size; user++) {
    const own = Array.from({ length: size }, (_, id) => id).filter((id) => random() < 8 / (id + 16));
    for (const id of own) for (const other of own) matrix[id * size + other]! += 1;
  }
  for (let id = 0; id < size; id++) matrix[id * size + id]! += ridge;
  return matrix;
};

describe.each([
  ['plain', plain],
  ['SIMD on one thread', one],
  ['SIMD on two threads', two],
])('dense kernels: %s', (_, kernels) => {
  test.each([[[1, 1, 1]], [[5, 9, 3]], [[4, 8, 256]], [[33, 8, 513]], [[131, 263, 40]]] as const)(
    'multiply %p',
    (shape) => {
      const { left, right, out } = product(kernels, shape);
      const [rows, columns, inner] = shape;
      const expected = Float64Array.from({ length: rows * columns }, (_, at) => {
        let sum = 0;
        for (let k = 0; k < inner; k++) {
          sum += left[Math.floor(at / columns) * inner + k]! * right[(at % columns) * inner + k]!;
        }
        return sum;
      });
      expect(difference(out, expected)).toBeLessThan(1e-5);
    },
  );

  test.each([1, 3, 4, 7, 64, 65])('multiply sparse rows by %i columns, empty rows too', (inner) => {
    const start = Int32Array.of(0, 5, 5, 6, 13);
    const ids = Int32Array.of(0, 2, 4, 6, 8, 3, 1, 1, 2, 3, 5, 8, 7);
    const dense = filled(kernels, 9 * inner, 3);
    for (const values of [undefined, filled(kernels, ids.length, 4)]) {
      const out = kernels.f32(4 * inner).fill(Number.NaN);
      kernels.multiplySparse({ sparse: { start, ids, values }, dense, inner, out });
      const expected = new Float64Array(4 * inner);
      for (let row = 0; row < 4; row++) {
        for (let at = start[row]!; at < start[row + 1]!; at++) {
          for (let k = 0; k < inner; k++) {
            expected[row * inner + k]! += (values?.[at] ?? 1) * dense[ids[at]! * inner + k]!;
          }
        }
      }
      expect(difference(out, expected)).toBeLessThan(1e-6);
    }
  });

  test.each([1, 2, 127, 128, 129, 300])('invert %i rows as doubles do', (size) => {
    const mark = kernels.mark();
    const matrix = gram(kernels, size, 1);
    const expected = Float64Array.from(matrix);
    invertBlock(expected, size);
    kernels.invertPositive(matrix, size);
    expect(difference(matrix, expected)).toBeLessThan(5e-5);
    kernels.release(mark);
  });

  test('refuse a matrix that is not positive definite, in the first block and in a later one', () => {
    expect(() => kernels.invertPositive(Float32Array.of(1, 2, 2, 1), 2)).toThrow(new NotPositiveDefinite(1));
    const matrix = gram(kernels, 200, 1);
    matrix[190 * 200 + 190] = -1;
    expect(() => kernels.invertPositive(matrix, 200)).toThrow(NotPositiveDefinite);
    expect(() => kernels.invertPositive(Float32Array.of(Number.NaN), 1)).toThrow(NotPositiveDefinite);
  });
});

test('one thread and two give the very same products and inverses', () => {
  expect(difference(product(two, [300, 400, 70]).out, product(one, [300, 400, 70]).out)).toBe(0);
  const [left, right] = [gram(one, 300, 1), gram(two, 300, 1)];
  one.invertPositive(left, 300);
  two.invertPositive(right, 300);
  expect(difference(left, right)).toBe(0);
});

test('a matrix of another memory is inverted in place', () => {
  const matrix = Float32Array.of(3, 1, 1, 2);
  two.invertPositive(matrix, 2);
  expect(difference(matrix, [0.4, -0.2, -0.2, 0.6])).toBeLessThan(1e-6);
});
