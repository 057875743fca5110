import type { Choice } from '../model.ts';
import { ALS_DEFAULTS, type AlsParams } from './als-params.ts';

/** What the cost of a trial and the scale of the parameters depend on. Users and items are those with interactions. */
export type AlsProblem = { users: number; items: number; interactions: number; cases: number };

/**
 * Where the search begins. Published optima (films, pins, songs; Rendle et al. 2022) lie close together when the weight of the
 * unobserved is counted in units of the density, and the regularisation of a mean row per observation of it:
 * regularization * (1 + unobservedWeight / density).
 */
const START = { weightInDensities: 8, perObservation: 0.07 };
/** A first look is taken with small and few passes: optima move little with the size. */
const SMALL = { dimensions: 32, iterations: 8 };
const SIZES = [64, 128, 256];
const COARSE = 2;
const FINE = 1.4;
/** A later candidate must be better than an earlier one by this share: less is noise. */
const LEAST_GAIN = 0.001;
/** Floating-point operations of all trials, after which the best so far is taken: about a minute and a half on two cores. */
const MOST_WORK = 2.7e12;

type Quality = (params: AlsParams) => number;
type Searched = 'unobservedWeight' | 'regularization';

/**
 * Climbs over unobserved weight and regularisation on a logarithmic grid at a small size, again in smaller steps at 64
 * dimensions, then looks whether more dimensions and more passes gain. What `fixed` names stays.
 */
export function chooseAls(
  qualityOf: Quality,
  { fixed, problem }: { fixed: Partial<AlsParams>; problem: AlsProblem },
): Choice<AlsParams> {
  const search = makeSearch(qualityOf, { fixed, problem });
  const start = { ...ALS_DEFAULTS, ...startFor(problem), ...fixed };
  const small = {
    ...start,
    dimensions: Math.min(SMALL.dimensions, start.dimensions),
    iterations: Math.min(SMALL.iterations, start.iterations),
  };
  const coarse = search.climb(small, COARSE);
  let best = search.climb({ ...coarse, dimensions: start.dimensions, iterations: start.iterations }, FINE);
  if (fixed.dimensions === undefined) {
    const sized = search.best(SIZES.map((dimensions) => ({ ...best, dimensions })));
    best = sized === best ? best : search.walk(sized, 'regularization', FINE);
  }
  if (fixed.iterations === undefined) {
    best = search.best([best, { ...best, iterations: 2 * best.iterations }]);
  }
  return { params: best, tried: search.tried };
}

function startFor(problem: AlsProblem): Pick<AlsParams, Searched> {
  return {
    unobservedWeight: rounded(START.weightInDensities * densityOf(problem)),
    regularization: rounded(START.perObservation / (1 + START.weightInDensities)),
  };
}

function densityOf({ users, items, interactions }: AlsProblem): number {
  return Math.max(1, interactions) / Math.max(1, users * items);
}

function makeSearch(
  qualityOf: Quality,
  { fixed, problem }: { fixed: Partial<AlsParams>; problem: AlsProblem },
) {
  const tried: { params: AlsParams; quality: number }[] = [];
  let work = 0;
  /** -Infinity where the work is used up: nothing new is tried any more. */
  const measure = (params: AlsParams): number => {
    const known = tried.find((trial) => isSame(trial.params, params));
    if (known !== undefined) return known.quality;
    if (work > 0 && work + workOf(params, problem) > MOST_WORK) return Number.NEGATIVE_INFINITY;
    work += workOf(params, problem);
    const quality = qualityOf(params);
    tried.push({ params, quality });
    return quality;
  };
  const isBetter = (next: AlsParams, chosen: AlsParams): boolean =>
    measure(next) - measure(chosen) > LEAST_GAIN * Math.abs(measure(chosen));
  const best = (candidates: readonly AlsParams[]): AlsParams =>
    candidates.reduce((chosen, next) => (isBetter(next, chosen) ? next : chosen));
  /** Along one parameter, up or down for as long as it gets better. */
  const walk = (from: AlsParams, name: Searched, factor: number): AlsParams => {
    if (fixed[name] !== undefined) return from;
    let at = from;
    for (const ratio of [factor, 1 / factor]) {
      for (let next = step(at, name, ratio); isBetter(next, at); next = step(at, name, ratio)) {
        at = next;
      }
      if (at !== from) break;
    }
    return at;
  };
  /** From one weight of the unobserved to another the regularisation of a mean row stays, unless it is fixed. */
  const step = (params: AlsParams, name: Searched, ratio: number): AlsParams => {
    const next = { ...params, [name]: rounded(params[name] * ratio) };
    if (name === 'regularization' || fixed.regularization !== undefined) return next;
    const density = densityOf(problem);
    const before = 1 + params.unobservedWeight / density;
    const after = 1 + next.unobservedWeight / density;
    return { ...next, regularization: rounded((params.regularization * before) / after) };
  };
  const climb = (from: AlsParams, factor: number): AlsParams => {
    let at = from;
    for (;;) {
      const before = at;
      at = walk(walk(at, 'regularization', factor), 'unobservedWeight', factor);
      if (at === before) return at;
    }
  };
  return { tried, best, walk, climb };
}

/** Floating-point operations of one training and one judgement, nearly. */
function workOf({ dimensions, iterations }: AlsParams, problem: AlsProblem): number {
  const { users, items, interactions, cases } = problem;
  const pass = 32 * interactions * dimensions + 10 * (users + items) * dimensions ** 2;
  return iterations * pass + cases * items * (2 * dimensions + 100);
}

function isSame(one: AlsParams, other: AlsParams): boolean {
  return (Object.keys(one) as (keyof AlsParams)[]).every((name) => one[name] === other[name]);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
