import type { Belief } from './bayesian-means.ts';
import type { Proportion } from './wilson.ts';

/** Beta(1, 1) before anything is seen: every share is as likely. */
const PRIOR = 1;
const CELLS = 4_096;
/** Standard deviations on either side of the means that the cells cover. */
const REACH = 9;
/** Of the search for a quantile: it ends within this share of a cell. */
const CLOSE = 1e-4;
const [HALVINGS, MOST_STEPS] = [5, 40];

/** Looked up once: they are called for every cell. */
const { exp, floor, log, log1p, max } = Math;

type Beta = { readonly a: number; readonly b: number };

/** Two beliefs on the same cells: probability of each cell's middle, and of everything up to the cell's end. */
type Cells = { readonly low: number; readonly width: number; readonly x: Mass; readonly y: Mass };
type Mass = { readonly cell: Float64Array; readonly upTo: Float64Array };

/** The belief of a share once `converted` of `users` did it. */
export const betaOf = ({ converted, users }: Proportion): Beta => ({
  a: PRIOR + converted,
  b: PRIOR + users - converted,
});

const meanOf = ({ a, b }: Beta): number => a / (a + b);
const deviationOf = ({ a, b }: Beta): number => Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)));

/** Normalised by its own sum: no gamma function, and no overflow however many users there are. */
const massOf = ({ a, b }: Beta, low: number, width: number): Mass => {
  const logs = Float64Array.from({ length: CELLS }, (_, k) => {
    const p = low + (k + 0.5) * width;
    return (a - 1) * log(p) + (b - 1) * log1p(-p);
  });
  const most = logs.reduce((most, one) => max(most, one), Number.NEGATIVE_INFINITY);
  const cell = logs.map((one) => exp(one - most));
  const total = cell.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const upTo = cell.map((weight, k) => {
    cell[k] = weight / total;
    sum += weight / total;
    return sum;
  });
  return { cell, upTo };
};

const cellsOf = (x: Beta, y: Beta): Cells => {
  const edge = (beta: Beta, side: 1 | -1) => meanOf(beta) + side * REACH * deviationOf(beta);
  const low = Math.max(0, Math.min(edge(x, -1), edge(y, -1)));
  const high = Math.min(1, Math.max(edge(x, 1), edge(y, 1)));
  const width = (high - low) / CELLS;
  return { low, width, x: massOf(x, low, width), y: massOf(y, low, width) };
};

/** P(X > Y); where both lie in one cell each is as likely the greater. */
const chanceOf = ({ x, y }: Cells): number =>
  x.cell.reduce((sum, weight, k) => sum + weight * (y.upTo[k]! - y.cell[k]! / 2), 0);

/** E[max(0, Y - X)], the integral of P(X <= t < Y) over t. */
const lossOf = ({ x, y, width }: Cells): number =>
  x.cell.reduce((sum, weight, k) => sum + (x.upTo[k]! - weight / 2) * (1 - y.upTo[k]! + y.cell[k]! / 2), 0) *
  width;

/** P(Y <= the end of a cell), also of cells before the first and behind the last. */
const upToEnd = (upTo: Float64Array, cell: number): number =>
  cell < 0 ? 0 : upTo[cell < CELLS ? cell : CELLS - 1]!;

/** P(X - Y <= d): Y from the middle of X's cell less d on, linear between the ends of cells. */
const upToDifference = ({ x, y, width }: Cells, d: number): number => {
  const shift = -d / width - 0.5;
  const whole = floor(shift);
  const part = shift - whole;
  let sum = 0;
  for (let k = 0; k < CELLS; k += 1) {
    const before = upToEnd(y.upTo, k + whole);
    const after = upToEnd(y.upTo, k + whole + 1);
    sum += x.cell[k]! * (1 - before - part * (after - before));
  }
  return sum;
};

/** The d with P(X - Y <= d) = p, by false position (Illinois: an end that stays counts half; Dowell & Jarratt 1971). */
const differenceQuantile = (cells: Cells, p: number): number => {
  const reach = CELLS * cells.width;
  let [low, high, below, above] = [-reach, reach, -p, 1 - p];
  let side = 0;
  for (let step = 0; step < MOST_STEPS && high - low > cells.width * CLOSE; step += 1) {
    // The curve is flat far from its middle: halves until both ends are near.
    const middle = step < HALVINGS ? (low + high) / 2 : (low * above - high * below) / (above - below);
    const off = upToDifference(cells, middle) - p;
    if (off === 0) return middle;
    if (off < 0) {
      if (side < 0) above /= 2;
      [low, below, side] = [middle, off, -1];
    } else {
      if (side > 0) below /= 2;
      [high, above, side] = [middle, off, 1];
    }
  }
  return (low + high) / 2;
};

/**
 * What is believed of two shares, treated (X) against control (Y), each Beta(1, 1) before anything was seen (Gelman et al., Bayesian
 * Data Analysis, 2.4). Integrals are sums over 4,096 cells around both beliefs. `confidence` (0-1) is that of the credible interval of X - Y.
 */
export const beliefOfProportions = (
  treated: Proportion,
  control: Proportion,
  { confidence }: { confidence: number },
): Belief => {
  const cells = cellsOf(betaOf(treated), betaOf(control));
  return {
    chanceToWin: chanceOf(cells),
    expectedLoss: lossOf(cells),
    credible: [
      differenceQuantile(cells, (1 - confidence) / 2),
      differenceQuantile(cells, (1 + confidence) / 2),
    ],
  };
};
