import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eigenvectors } from '../../../core/numbers/eigenvectors.ts';
import { invertBlock, NotPositiveDefinite } from '../../../core/numbers/invert-block.ts';
import { gramOf, orthonormalise } from '../../../core/numbers/orthonormalise.ts';
import { plainKernels } from '../../../core/numbers/plain-kernels.ts';
import { transpose } from '../../../core/numbers/transpose.ts';

const RUNS = { seed: 11, numRuns: 60 };
const kernels = plainKernels(1e8);

/** A random matrix X of `rows` x `size` as whole numbers, and X'X. */
const positive = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 9 }))
  .chain(([size, rows]) =>
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: rows * size, maxLength: rows * size }).map((x) => {
      const matrix = Float64Array.from({ length: size * size }, (_, at) => {
        let sum = 0;
        for (let row = 0; row < rows; row++)
          sum += x[row * size + Math.floor(at / size)]! * x[row * size + (at % size)]!;
        return sum;
      });
      return { size, rows, x: Float32Array.from(x), matrix };
    }),
  );

describe('eigenvectors', () => {
  test('of a matrix worked by hand', () => {
    const { values, vectors } = eigenvectors(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values].map((value) => Number(value.toFixed(9)))).toEqual([3, 1]);
    expect(Math.abs(vectors[0]!)).toBeCloseTo(Math.SQRT1_2, 9);
    expect(vectors[0]! * vectors[1]!).toBeCloseTo(0.5, 9);
  });

  test('give the matrix back', () => {
    fc.assert(
      fc.property(positive, ({ size, matrix }) => {
        const { values, vectors } = eigenvectors(matrix, size);
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < size; column++) {
            let sum = 0;
            for (let k = 0; k < size; k++) {
              sum += values[k]! * vectors[k * size + row]! * vectors[k * size + column]!;
            }
            expect(sum).toBeCloseTo(matrix[row * size + column]!, 5);
          }
        }
      }),
      RUNS,
    );
  });
});

describe('orthonormalise', () => {
  test('leaves orthonormal columns, and zero ones for those that depend on others', () => {
    fc.assert(
      fc.property(positive, ({ size, rows, x }) => {
        const room = new Float32Array(x.length);
        orthonormalise(x, { rows, width: size, room, kernels });
        const gram = gramOf(x, { rows, width: size, room, kernels });
        for (let at = 0; at < gram.length; at++) {
          const onDiagonal = Math.floor(at / size) === at % size;
          const nearest = onDiagonal && gram[at]! > 0.5 ? 1 : 0;
          expect(Math.abs(gram[at]! - nearest)).toBeLessThan(1e-3);
        }
      }),
      RUNS,
    );
  });
});

describe('invertBlock', () => {
  test('times the matrix is one', () => {
    fc.assert(
      fc.property(positive, ({ size, matrix }) => {
        for (let at = 0; at < size; at++) matrix[at * size + at]! += 1;
        const inverse = matrix.slice();
        invertBlock(inverse, size);
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < size; column++) {
            let sum = 0;
            for (let k = 0; k < size; k++) sum += inverse[row * size + k]! * matrix[k * size + column]!;
            expect(sum).toBeCloseTo(row === column ? 1 : 0, 8);
          }
        }
      }),
      RUNS,
    );
  });

  test('names the row where a matrix is not positive definite', () => {
    expect(() => invertBlock(Float64Array.of(1, 0, 0, 0), 2, 10)).toThrow(new NotPositiveDefinite(11));
    expect(() => invertBlock(Float64Array.of(Number.POSITIVE_INFINITY), 1)).toThrow(NotPositiveDefinite);
  });
});

test('transpose turns rows into columns, past a tile too', () => {
  const [rows, columns] = [37, 70];
  const from = Float32Array.from({ length: rows * columns }, (_, at) => at);
  const to = new Float32Array(from.length);
  transpose(from, to, { rows, columns });
  expect([to[0], to[1], to[rows], to[35 * rows + 36]]).toEqual([0, columns, 1, 36 * columns + 35]);
});
