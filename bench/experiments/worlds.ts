import type { Sufficient } from '../../core/experiments/statistics/sufficient.ts';
import { type Interval, wilsonInterval, Z_95 } from '../../core/experiments/statistics/wilson.ts';
import type { MetricType } from '../../core/experiments/types.ts';

export type Random = () => number;

/** What one user does, with its true mean and variance. */
export type World = {
  readonly name: string;
  readonly type: MetricType;
  readonly mean: number;
  readonly variance: number;
  draw(random: Random): number;
};

/** Box and Muller's, one of the two. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export const conversion = (rate: number): World => ({
  name: `conversion of ${rate * 100} %`,
  type: 'binomial',
  mean: rate,
  variance: rate * (1 - rate),
  draw: (random) => Number(random() < rate),
});

const SHAPE = 1;

/** A share of the users pays, a log-normal amount whose logarithm has deviation 1 and whose mean is `amount`. */
export const spending = (share: number, amount: number): World => {
  const middle = Math.log(amount) - (SHAPE * SHAPE) / 2;
  const mean = share * amount;
  return {
    name: `revenue, ${share * 100} % pay ${amount} on average`,
    type: 'revenue',
    mean,
    variance: share * amount * amount * Math.exp(SHAPE * SHAPE) - mean * mean,
    draw: (random) => (random() < share ? Math.exp(middle + SHAPE * normal(random)) : 0),
  };
};

/** The statistics of an arm after so many more users. */
export const grown = (
  { users, sum, sumSquares }: Sufficient,
  world: World,
  { more, random }: { readonly more: number; readonly random: Random },
): Sufficient => {
  let [total, squares] = [sum, sumSquares];
  for (let user = 0; user < more; user += 1) {
    const value = world.draw(random);
    total += value;
    squares += value * value;
  }
  return { users: users + more, sum: total, sumSquares: squares };
};

const percent = (share: number, digits: number): string => (100 * share).toFixed(digits);

/** `4.85 % (3.99 to 5.88)`: a share of runs with Wilson's interval. */
export const shareText = (converted: number, users: number, digits = 2): string => {
  const [low, high]: Interval = wilsonInterval({ converted, users }, Z_95);
  return `${percent(converted / users, digits)} % (${percent(low, digits)} to ${percent(high, digits)})`;
};
