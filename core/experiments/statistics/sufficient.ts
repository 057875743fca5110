/** All that an arm's metric needs to be known by: users, the sum of their values, the sum of the squares. */
export type Sufficient = { readonly users: number; readonly sum: number; readonly sumSquares: number };

export const emptySufficient: Sufficient = { users: 0, sum: 0, sumSquares: 0 };

/** Statistics of two groups of users that share nobody, together. */
export const addSufficient = (a: Sufficient, b: Sufficient): Sufficient => ({
  users: a.users + b.users,
  sum: a.sum + b.sum,
  sumSquares: a.sumSquares + b.sumSquares,
});

/** Of a list of values, one per user. */
export const sufficientOf = (values: readonly number[]): Sufficient => ({
  users: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  sumSquares: values.reduce((sum, value) => sum + value * value, 0),
});

/** 0 of nobody. */
export const meanOf = ({ users, sum }: Sufficient): number => (users === 0 ? 0 : sum / users);

/** Unbiased (n - 1), never negative; 0 below two users. */
export const varianceOf = ({ users, sum, sumSquares }: Sufficient): number =>
  users < 2 ? 0 : Math.max(0, (sumSquares - (sum * sum) / users) / (users - 1));

/** Of the mean, squared. */
export const squaredError = (statistics: Sufficient): number =>
  statistics.users === 0 ? 0 : varianceOf(statistics) / statistics.users;
