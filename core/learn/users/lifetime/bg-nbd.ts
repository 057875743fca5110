import type { BgNbd } from '../types.ts';
import { differences, minimiseFrom, pullOf } from './minimise.ts';
import type { SpecialFunctions } from './special-functions.ts';

/** Purchases of one customer: repeats after the first, weeks from the first to the last, weeks from the first to now. */
export type Purchases = { frequency: number; recencyWeeks: number; ageWeeks: number };

export type BgNbdFit = { parameters: BgNbd; logLikelihood: number; converged: boolean; iterations: number };

/** Customers with equal purchases count as one row of this many. */
type Grouped = {
  rows: number;
  frequency: Int32Array;
  recency: Float64Array;
  age: Float64Array;
  count: Float64Array;
  mostRepeats: number;
  /** How many customers have each number of repeats. */
  byRepeats: Float64Array;
};

const validate = ({ frequency, recencyWeeks, ageWeeks }: Purchases, n: number): void => {
  const whole = Number.isSafeInteger(frequency) && frequency >= 0;
  const ordered = recencyWeeks >= 0 && recencyWeeks <= ageWeeks && Number.isFinite(ageWeeks);
  if (whole && ordered && (frequency > 0 || recencyWeeks === 0)) return;
  throw new RangeError(
    `customer ${n}: frequency ${frequency}, recency ${recencyWeeks} and age ${ageWeeks} do not belong together`,
  );
};

const grouped = (customers: readonly Purchases[]): Grouped => {
  const groups = new Map<string, { purchases: Purchases; count: number }>();
  customers.forEach((purchases, n) => {
    validate(purchases, n);
    const { frequency, recencyWeeks, ageWeeks } = purchases;
    const key = `${frequency}/${recencyWeeks}/${ageWeeks}`;
    const known = groups.get(key);
    if (known) known.count += 1;
    else groups.set(key, { purchases, count: 1 });
  });
  const all = [...groups.values()];
  const mostRepeats = all.reduce((most, { purchases }) => Math.max(most, purchases.frequency), 0);
  const byRepeats = new Float64Array(mostRepeats + 1);
  for (const { purchases, count } of all) byRepeats[purchases.frequency]! += count;
  return {
    rows: all.length,
    frequency: Int32Array.from(all, ({ purchases }) => purchases.frequency),
    recency: Float64Array.from(all, ({ purchases }) => purchases.recencyWeeks),
    age: Float64Array.from(all, ({ purchases }) => purchases.ageWeeks),
    count: Float64Array.from(all, ({ count }) => count),
    mostRepeats,
    byRepeats,
  };
};

/** What depends on the number of repeats alone, for every number up to the most: ln A1 + ln A2 of the paper. */
const headsOf = ({ r, alpha, a, b }: BgNbd, most: number, { gammaln }: SpecialFunctions): Float64Array => {
  const fixed = r * Math.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b);
  return Float64Array.from(
    { length: most + 1 },
    (_, x) => fixed + gammaln(r + x) + gammaln(b + x) - gammaln(a + b + x),
  );
};

const logLikelihood = (groups: Grouped, parameters: BgNbd, special: SpecialFunctions): number => {
  const { r, alpha, a, b } = parameters;
  const { rows, frequency, recency, age, count, mostRepeats } = groups;
  const head = headsOf(parameters, mostRepeats, special);
  const logA = Math.log(a);
  let sum = 0;
  for (let n = 0; n < rows; n++) {
    const x = frequency[n]!;
    const alive = -(r + x) * Math.log(alpha + age[n]!);
    let tail = alive;
    if (x > 0) {
      const gone = logA - Math.log(b + x - 1) - (r + x) * Math.log(alpha + recency[n]!);
      tail = Math.max(alive, gone) + Math.log1p(Math.exp(-Math.abs(alive - gone)));
    }
    sum += count[n]! * (head[x]! + tail);
  }
  return sum;
};

/**
 * Derivatives of what `logLikelihood` adds up beside the heads, by the logarithms of r, alpha, a and b: exact, in one pass. The heads
 * depend on the number of repeats alone and are cheap to difference.
 */
const tailGradient = (groups: Grouped, { r, alpha, a, b }: BgNbd): Float64Array => {
  const { rows, frequency, recency, age, count } = groups;
  const logA = Math.log(a);
  let [byR, byAlpha, byA, byB] = [0, 0, 0, 0];
  for (let n = 0; n < rows; n++) {
    const x = frequency[n]!;
    const times = count[n]!;
    const logAge = Math.log(alpha + age[n]!);
    let gone = 0;
    let logRecency = 0;
    if (x > 0) {
      logRecency = Math.log(alpha + recency[n]!);
      const odds = logA - Math.log(b + x - 1) + (r + x) * (logAge - logRecency);
      gone = 1 / (1 + Math.exp(-odds));
    }
    byR -= times * ((1 - gone) * logAge + gone * logRecency);
    byAlpha -= times * (r + x) * ((1 - gone) / (alpha + age[n]!) + gone / (alpha + recency[n]!));
    byA += (times * gone) / a;
    byB -= gone > 0 ? (times * gone) / (b + x - 1) : 0;
  }
  return Float64Array.of(byR * r, byAlpha * alpha, byA * a, byB * b);
};

/** Log-likelihood of BG/NBD for these customers (Fader, Hardie, Lee 2005: "Counting Your Customers the Easy Way", equation 6). */
export const bgNbdLogLikelihood = (
  customers: readonly Purchases[],
  parameters: BgNbd,
  special: SpecialFunctions,
): number => logLikelihood(grouped(customers), parameters, special);

const parametersOf = (logs: ArrayLike<number>): BgNbd => ({
  r: Math.exp(logs[0]!),
  alpha: Math.exp(logs[1]!),
  a: Math.exp(logs[2]!),
  b: Math.exp(logs[3]!),
});

/** From even odds at one purchase a week, and from rare buyers in the time scale of the data. */
const startsFor = (groups: Grouped): number[][] => {
  let weeks = 0;
  let customers = 0;
  for (let n = 0; n < groups.rows; n++) {
    weeks += groups.count[n]! * groups.age[n]!;
    customers += groups.count[n]!;
  }
  const meanAge = Math.max(1e-3, weeks / customers);
  return [
    [1, 1, 1, 1],
    [0.3, meanAge / 5, 0.8, 2.5],
    [1, meanAge, 0.2, 5],
  ].map((start) => start.map(Math.log));
};

/**
 * Maximum likelihood over the logarithms of the parameters, the best of three starts.
 * @throws RangeError without customers, without any repeat purchase, or for times that contradict each other
 */
export const fitBgNbd = (customers: readonly Purchases[], special: SpecialFunctions): BgNbdFit => {
  const groups = grouped(customers);
  if (groups.rows === 0) throw new RangeError('BG/NBD needs customers');
  if (groups.mostRepeats === 0) throw new RangeError('BG/NBD needs customers who bought again');
  const objective = (logs: Float64Array): number => {
    const value = -logLikelihood(groups, parametersOf(logs), special) / customers.length + pullOf(logs);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const heads = (logs: Float64Array): number =>
    headsOf(parametersOf(logs), groups.mostRepeats, special).reduce(
      (sum, head, x) => sum - (groups.byRepeats[x]! * head) / customers.length,
      pullOf(logs),
    );
  const gradient = (logs: Float64Array): Float64Array => {
    const tails = tailGradient(groups, parametersOf(logs));
    return differences(heads, logs).map((head, j) => head - tails[j]! / customers.length);
  };
  const best = minimiseFrom(objective, startsFor(groups), gradient);
  return {
    parameters: parametersOf(best.at),
    logLikelihood: logLikelihood(groups, parametersOf(best.at), special),
    converged: best.converged,
    iterations: best.iterations,
  };
};
