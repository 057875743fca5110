import { buildDataset, type Dataset } from '../../core/learn/data/dataset.ts';
import type { TrainingRow } from '../../core/learn/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';

export type CheckInShape = { users: number; items: number; interactions: number };

/** The size of Gowalla as LightGCN's authors split it: 30,000 users, 41,000 places, 810,000 check-ins to train on and a fifth held back. */
export const GOWALLA: CheckInShape = { users: 29_858, items: 40_981, interactions: 1_027_370 };

const CITIES = 150;
/** Exponents of the sizes of cities and of popularity within a city, by rank. */
const CITY_EXPONENT = 0.9;
const POPULARITY_EXPONENT = 0.7;
/** How fast the wish to go somewhere falls with the square of the distance; a city measures 1 x 1. */
const NEARNESS = 12;
/** Share of check-ins in a second city. */
const AWAY = 0.2;
const LEAST_ITEMS = 10;
/** Attempts per check-in before a user's list stays shorter. */
const PATIENCE = 40;

type City = { places: number[]; sums: Float64Array };

/** Users who go to popular places near home, and to one other city now and then. The same rows for the same seed. */
export function checkIns({ users, items, interactions }: CheckInShape, seed: number): Dataset {
  const random = seededRandom(seed);
  const x = Float64Array.from({ length: items }, random);
  const y = Float64Array.from({ length: items }, random);
  const cities = makeCities(items, random);
  const citySums = powerSums(CITIES, CITY_EXPONENT);
  const most = interactions / users - LEAST_ITEMS;
  const rows: TrainingRow[] = [];
  const takenBy = new Int32Array(items).fill(-1);
  for (let user = 0; user < users; user++) {
    const count = LEAST_ITEMS + Math.floor(-Math.log(1 - random()) * most);
    const homes = [0, 1].map(() => ({ city: cities[pick(citySums, random)]!, x: random(), y: random() }));
    let left = count * PATIENCE;
    for (let at = 0; at < count && left > 0; left--) {
      const { city, x: homeX, y: homeY } = homes[random() < AWAY ? 1 : 0]!;
      const item = city.places[pick(city.sums, random)]!;
      const distance = (x[item]! - homeX) ** 2 + (y[item]! - homeY) ** 2;
      if (takenBy[item] === user || random() > Math.exp(-NEARNESS * distance)) continue;
      takenBy[item] = user;
      rows.push({ user: `u${user}`, item: `i${item}`, weight: 1, at: at++ });
    }
  }
  return buildDataset(rows);
}

function makeCities(items: number, random: () => number): City[] {
  const sums = powerSums(CITIES, CITY_EXPONENT);
  const places = Array.from({ length: CITIES }, (): number[] => []);
  for (let item = 0; item < items; item++) places[pick(sums, random)]!.push(item);
  return places
    .map((own, city) => (own.length > 0 ? own : [city]))
    .map((own) => ({ places: own, sums: powerSums(own.length, POPULARITY_EXPONENT) }));
}

/** Running sums of rank ** -exponent. */
function powerSums(size: number, exponent: number): Float64Array {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) {
    sum += (rank + 1) ** -exponent;
    sums[rank] = sum;
  }
  return sums;
}

/** An index with a chance proportional to its part of the sums. */
function pick(sums: Float64Array, random: () => number): number {
  const wanted = random() * sums[sums.length - 1]!;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
