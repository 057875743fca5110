/**
 * What recommended lists do to the catalogue and to groups of users. With n_i the training interactions of item i, N the
 * training users, and places the entries of all lists:
 *
 *   coverage         share of the items that any list shows
 *   novelty          mean over places of -log2(max(1, n_i) / N), the self-information of what is shown (Vargas, Castells 2011)
 *   gini             inequality of places per item: 0 all equal, near 1 few items take all (Fleder, Hosanagar 2009)
 *   popularityBias   mean n_i over places / mean n_i over training interactions, minus 1 (popularity lift, Abdollahpouri et al. 2020)
 *   exposureByDecile share of the places that each tenth of the items takes, the most popular tenth first;
 *                    `interactionsByDecile` is the same for the training interactions
 */
export type AuditFigures = {
  coverage: number;
  novelty: number;
  gini: number;
  popularityBias: number;
  exposureByDecile: number[];
  interactionsByDecile: number[];
  /** By group, where groups were named: users, mean quality, and what their lists show. */
  groups?: Record<string, GroupFigures>;
};

/** `quality` is the mean of what was given to `addList`; a group whose lists were empty has 0 everywhere. */
export type GroupFigures = {
  users: number;
  quality: number;
  novelty: number;
  popularityBias: number;
  exposureByDecile: number[];
};

/** Sums over the lists that were added. */
export type Audit = {
  /** Training interactions by item, and of all training users. */
  readonly interactions: ArrayLike<number>;
  readonly users: number;
  readonly decileOf: Uint8Array;
  readonly places: Float64Array;
  readonly groups: Map<string, GroupSums>;
};

type GroupSums = {
  users: number;
  quality: number;
  places: number;
  information: number;
  popularity: number;
  readonly deciles: Float64Array;
};

/** One user's list: the first `size` entries of `items`; `quality` is any per-user metric, e.g. NDCG. */
export type ShownList = { items: ArrayLike<number>; size: number; quality?: number; group?: string };

const DECILES = 10;
/** The group that everybody belongs to. */
const ALL = '';

/** An audit of lists over items with these numbers of training interactions. */
export function makeAudit(interactions: ArrayLike<number>, users: number): Audit {
  return {
    interactions,
    users,
    decileOf: decilesByPopularity(interactions),
    places: new Float64Array(interactions.length),
    groups: new Map(),
  };
}

/** Adds what one user is shown. */
export function addList(audit: Audit, list: ShownList): void {
  for (let at = 0; at < list.size; at++) audit.places[list.items[at]!]! += 1;
  addTo(audit, ALL, list);
  if (list.group !== undefined && list.group !== ALL) addTo(audit, list.group, list);
}

/** The figures of everything that was added. */
export function auditFigures(audit: Audit): AuditFigures {
  const { quality: _quality, users: _users, ...all } = groupFigures(audit, groupOf(audit, ALL));
  const named = [...audit.groups].filter(([name]) => name !== ALL).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    coverage: coverageOf(audit.places),
    gini: giniOf(audit.places),
    ...all,
    interactionsByDecile: interactionsByDecile(audit),
    ...(named.length > 0
      ? { groups: Object.fromEntries(named.map(([name, sums]) => [name, groupFigures(audit, sums)])) }
      : {}),
  };
}

function addTo(audit: Audit, name: string, { items, size, quality }: ShownList): void {
  const group = groupOf(audit, name);
  group.users += 1;
  group.quality += quality ?? 0;
  group.places += size;
  for (let at = 0; at < size; at++) {
    const item = items[at]!;
    const count = audit.interactions[item]!;
    group.information -= Math.log2(Math.max(1, count) / Math.max(1, audit.users));
    group.popularity += count;
    group.deciles[audit.decileOf[item]!]! += 1;
  }
}

function groupOf(audit: Audit, name: string): GroupSums {
  const known = audit.groups.get(name);
  if (known !== undefined) return known;
  const fresh = {
    users: 0,
    quality: 0,
    places: 0,
    information: 0,
    popularity: 0,
    deciles: new Float64Array(DECILES),
  };
  audit.groups.set(name, fresh);
  return fresh;
}

function groupFigures(audit: Audit, sums: GroupSums): GroupFigures {
  const perPlace = (sum: number) => (sums.places === 0 ? 0 : sum / sums.places);
  const usual = meanPopularity(audit.interactions);
  return {
    users: sums.users,
    quality: sums.users === 0 ? 0 : sums.quality / sums.users,
    novelty: perPlace(sums.information),
    popularityBias: sums.places === 0 || usual === 0 ? 0 : perPlace(sums.popularity) / usual - 1,
    exposureByDecile: Array.from(sums.deciles, perPlace),
  };
}

/** Equal numbers of items in each tenth, by falling interactions; equal ones by number. */
function decilesByPopularity(interactions: ArrayLike<number>): Uint8Array {
  const order = Int32Array.from({ length: interactions.length }, (_, item) => item);
  order.sort((a, b) => interactions[b]! - interactions[a]! || a - b);
  const deciles = new Uint8Array(order.length);
  order.forEach((item, place) => {
    deciles[item] = Math.floor((place * DECILES) / order.length);
  });
  return deciles;
}

function interactionsByDecile({ interactions, decileOf }: Audit): number[] {
  const sums = new Float64Array(DECILES);
  let total = 0;
  for (let item = 0; item < interactions.length; item++) {
    sums[decileOf[item]!]! += interactions[item]!;
    total += interactions[item]!;
  }
  return Array.from(sums, (sum) => (total === 0 ? 0 : sum / total));
}

/** The mean popularity of the item of a random interaction. */
function meanPopularity(interactions: ArrayLike<number>): number {
  let total = 0;
  let squares = 0;
  for (let item = 0; item < interactions.length; item++) {
    total += interactions[item]!;
    squares += interactions[item]! * interactions[item]!;
  }
  return total === 0 ? 0 : squares / total;
}

function coverageOf(places: Float64Array): number {
  let shown = 0;
  for (const count of places) if (count > 0) shown += 1;
  return places.length === 0 ? 0 : shown / places.length;
}

function giniOf(places: Float64Array): number {
  const sorted = places.slice().sort();
  let total = 0;
  let weighted = 0;
  for (let at = 0; at < sorted.length; at++) {
    total += sorted[at]!;
    weighted += (2 * (at + 1) - sorted.length - 1) * sorted[at]!;
  }
  return total === 0 ? 0 : weighted / (sorted.length * total);
}
