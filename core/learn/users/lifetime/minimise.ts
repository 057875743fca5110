export type Minimum = {
  at: Float64Array;
  value: number;
  iterations: number;
  /** True where the gradient has vanished or no step improves any more at a small gradient. */
  converged: boolean;
};

const MOST_ITERATIONS = 300;
/** Step of the central differences: the cube root of the precision of a double. */
const DIFFERENCE = 6e-6;
/** A gradient is small against the size of the function. */
const SMALL_GRADIENT = 1e-8;
const GOOD_GRADIENT = 1e-4;
/** A step that lowers the function by less than this share is the last: what remains is rounding. */
const SMALL_STEP = 1e-12;
const LONGEST_STEP = 2;
const HALVINGS = 30;
const ARMIJO = 1e-4;

/** Logarithms of parameters up to this size are free; beyond, where a likelihood is flat, a weak pull keeps them finite. */
const FREE_LOG = 6;
const PULL = 1e-4;

/** What is added to a mean negative log-likelihood for parameters given by their logarithms. */
export const pullOf = (logs: Float64Array): number => {
  let sum = 0;
  for (const log of logs) sum += PULL * Math.max(0, Math.abs(log) - FREE_LOG) ** 2;
  return sum;
};

type Objective = (at: Float64Array) => number;
type Gradient = (at: Float64Array) => Float64Array;

/** The gradient by central differences. */
export const differences = (objective: Objective, at: Float64Array): Float64Array => {
  const probe = Float64Array.from(at);
  return at.map((x, j) => {
    const width = DIFFERENCE * Math.max(1, Math.abs(x));
    probe[j] = x + width;
    const above = objective(probe);
    probe[j] = x - width;
    const below = objective(probe);
    probe[j] = x;
    return (above - below) / (2 * width);
  });
};

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, j) => sum + x * b[j]!, 0);
const identity = (size: number): Float64Array[] =>
  Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));

/** -(inverse Hessian) * gradient, cut to a length of at most 2; straight downhill where that does not lead down. */
const directionOf = (inverse: readonly Float64Array[], gradient: Float64Array): Float64Array => {
  let step = gradient.map((_, i) => -dot(inverse[i]!, gradient));
  if (!(dot(step, gradient) < 0)) step = gradient.map((g) => -g);
  const length = Math.sqrt(dot(step, step));
  return length > LONGEST_STEP ? step.map((x) => (x * LONGEST_STEP) / length) : step;
};

/** The update of Broyden, Fletcher, Goldfarb and Shanno; left out where the curvature is not positive. */
const update = (inverse: Float64Array[], moved: Float64Array, change: Float64Array): void => {
  const curvature = dot(moved, change);
  if (!(curvature > 1e-12)) return;
  const mapped = change.map((_, i) => dot(inverse[i]!, change));
  const scale = (1 + dot(change, mapped) / curvature) / curvature;
  for (let i = 0; i < moved.length; i++)
    for (let j = 0; j < moved.length; j++)
      inverse[i]![j]! +=
        scale * moved[i]! * moved[j]! - (mapped[i]! * moved[j]! + moved[i]! * mapped[j]!) / curvature;
};

/** Backtracking until the function has fallen enough (Armijo); undefined where it does not. */
const lineSearch = (
  objective: Objective,
  from: { at: Float64Array; value: number; gradient: Float64Array },
  step: Float64Array,
): { at: Float64Array; value: number } | undefined => {
  const slope = dot(step, from.gradient);
  for (let n = 0, length = 1; n < HALVINGS; n++, length /= 2) {
    const at = from.at.map((x, j) => x + length * step[j]!);
    const value = objective(at);
    if (value <= from.value + ARMIJO * length * slope) return { at, value };
  }
  return undefined;
};

const largest = (vector: Float64Array): number => vector.reduce((max, x) => Math.max(max, Math.abs(x)), 0);

/**
 * A local minimum of a smooth function by BFGS (Nocedal and Wright 2006, chapter 6), with its gradient or, without one, with central
 * differences. The function may answer Infinity outside of its domain, not at the start.
 */
export const minimise = (
  objective: Objective,
  start: ArrayLike<number>,
  options: { gradient?: Gradient; mostIterations?: number } = {},
): Minimum => {
  const { gradient: gradientAt = (at) => differences(objective, at), mostIterations = MOST_ITERATIONS } =
    options;
  let inverse = identity(start.length);
  let at: Float64Array = Float64Array.from(start);
  let value = objective(at);
  let gradient: Float64Array = gradientAt(at);
  let iterations = 0;
  const small = (limit: number): boolean => largest(gradient) <= limit * Math.max(1, Math.abs(value));
  while (iterations < mostIterations && !small(SMALL_GRADIENT)) {
    iterations += 1;
    const found = lineSearch(objective, { at, value, gradient }, directionOf(inverse, gradient));
    if (found === undefined) break;
    const fallen = value - found.value;
    const next = gradientAt(found.at);
    const moved = found.at.map((x, j) => x - at[j]!);
    const change = next.map((x, j) => x - gradient[j]!);
    if (iterations === 1) {
      const scale = dot(moved, change) / dot(change, change);
      if (scale > 0) inverse = inverse.map((row) => row.map((x) => x * scale));
    }
    update(inverse, moved, change);
    [at, value, gradient] = [found.at, found.value, next];
    if (fallen <= SMALL_STEP * Math.max(1, Math.abs(value))) break;
  }
  return { at, value, iterations, converged: small(GOOD_GRADIENT) };
};

const SCOUTING = 15;

/** The best minimum from several starts: a few steps from each, and on from where the function was least. */
export const minimiseFrom = (
  objective: Objective,
  starts: readonly (readonly number[])[],
  gradient?: Gradient,
): Minimum => {
  const scouts = starts.map((start) => minimise(objective, start, { gradient, mostIterations: SCOUTING }));
  const best = scouts.reduce((least, scout) => (scout.value < least.value ? scout : least));
  return minimise(objective, best.at, { gradient });
};
