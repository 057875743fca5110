import type { Posterior } from './posterior.ts';

/** Points of every arm's own grid (chances are right to .0002), and its half width on the scale of asinh: 200 units of the posterior's scale on either side. */
const POINTS = 256;
const REACH = 6;

/** Gauss-Legendre on [0, 1], three points: exact for polynomials up to degree 5. */
const NODES = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)] as const;
const NODE_WEIGHTS = [5 / 18, 8 / 18, 5 / 18] as const;

/** Dense where the belief is, sparse in its tails: `centre + scale * sinh(u)`, u evenly from -6 to 6, inside of the support. */
const pointsOf = ({ centre, scale, support }: Posterior): number[] =>
  Array.from({ length: POINTS + 1 }, (_, k) => {
    const point = centre + scale * Math.sinh(REACH * ((2 * k) / POINTS - 1));
    return Math.min(support[1], Math.max(support[0], point));
  });

/** The grids of all arms in one: each belief is resolved, however narrow it is beside the others. */
const edgesOf = (posteriors: readonly Posterior[]): Float64Array =>
  Float64Array.from(new Set(posteriors.flatMap(pointsOf))).sort();

/** Probability of every cell between edges; normalised by its own sum, so that no gamma function is needed. */
const massOf = ({ logDensity, support }: Posterior, edges: Float64Array): Float64Array => {
  const logs = new Float64Array(edges.length - 1);
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < logs.length; k += 1) {
    const middle = (edges[k]! + edges[k + 1]!) / 2;
    const inside = middle > support[0] && middle < support[1];
    logs[k] = inside ? logDensity(middle) : Number.NEGATIVE_INFINITY;
    most = Math.max(most, logs[k]!);
  }
  const mass = logs.map((log, k) => Math.exp(log - most) * (edges[k + 1]! - edges[k]!));
  const total = mass.reduce((sum, part) => sum + part, 0);
  return mass.map((part) => part / total);
};

/** The product of all but one, for every one, without a division: from the left times from the right. */
const productsOfOthers = (factors: Float64Array, into: Float64Array): void => {
  let product = 1;
  for (let arm = 0; arm < factors.length; arm += 1) {
    into[arm] = product;
    product *= factors[arm]!;
  }
  product = 1;
  for (let arm = factors.length - 1; arm >= 0; arm -= 1) {
    into[arm]! *= product;
    product *= factors[arm]!;
  }
};

/** Adds what one cell, at one node in it, gives every arm: its mass there times the probability that all others lie below. */
type Cell = { readonly mass: readonly Float64Array[]; readonly below: Float64Array; readonly k: number };
type Room = { readonly factors: Float64Array; readonly others: Float64Array; readonly chance: Float64Array };

const addCell = ({ mass, below, k }: Cell, { factors, others, chance }: Room): void => {
  for (let node = 0; node < NODES.length; node += 1) {
    mass.forEach((arm, at) => {
      factors[at] = below[at]! + NODES[node]! * arm[k]!;
    });
    productsOfOthers(factors, others);
    mass.forEach((arm, at) => {
      chance[at]! += NODE_WEIGHTS[node]! * arm[k]! * others[at]!;
    });
  }
};

/**
 * Probability of every arm that its mean is the highest (the lowest, where `lowest`), from independent beliefs: the integral of its
 * density times the others' distribution functions, on the grids of all arms together. This is what Thompson sampling
 * gives every arm on average (Thompson 1933, Biometrika 25, 285-294; Scott 2010, "A modern Bayesian look at the multi-armed bandit"),
 * without the noise of draws: the same counts give the same weights. Adds up to 1.
 */
export const chanceOfBest = (
  posteriors: readonly Posterior[],
  { lowest }: { readonly lowest: boolean },
): number[] => {
  const edges = edgesOf(posteriors);
  const mass = posteriors.map((posterior) => massOf(posterior, edges));
  const ordered = lowest ? mass.map((cells) => cells.toReversed()) : mass;
  const arms = posteriors.length;
  const below = new Float64Array(arms);
  const room = {
    factors: new Float64Array(arms),
    others: new Float64Array(arms),
    chance: new Float64Array(arms),
  };
  for (let k = 0; k < edges.length - 1; k += 1) {
    addCell({ mass: ordered, below, k }, room);
    ordered.forEach((cells, arm) => {
      below[arm]! += cells[k]!;
    });
  }
  const total = room.chance.reduce((sum, chance) => sum + chance, 0);
  return [...room.chance].map((chance) => chance / total);
};
