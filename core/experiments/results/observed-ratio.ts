import { propensityRatioP } from '../statistics/propensity-ratio.ts';
import { SAMPLE_RATIO_ALPHA, sampleRatio } from '../statistics/sample-ratio.ts';
import type { Levels } from './levels.ts';
import { armOf } from './sufficient-counts.ts';
import type { ArmCounts, EvaluatedBody, ExperimentCounts, Results } from './types.ts';

/** Chi-square is not to be trusted below so many users expected in an arm (Cochran 1954, Biometrics 10, 417-451). */
const LEAST_EXPECTED = 5;
/** Share of users in several arms from which on something is wrong. */
const MOST_MULTIPLE = 0.01;

type Arm = { readonly weight: number; readonly counts: ArmCounts };

const armsOf = (body: EvaluatedBody, counts: ExperimentCounts): Arm[] =>
  body.variants.map(({ key, weight }) => ({ weight, counts: armOf(counts, key) }));

/** Known for everybody who is counted. */
const knowsPropensities = (arms: readonly Arm[]): boolean =>
  arms.every(({ counts: { users, inversePropensity } }) => users === 0 || inversePropensity !== undefined);

const pOf = (arms: readonly Arm[], { distributions }: Levels): number => {
  const users = arms.map(({ counts }) => counts.users);
  const weights = arms.map(({ weight }) => weight);
  if (!knowsPropensities(arms)) return sampleRatio(users, weights, distributions).pValue;
  const weighted = arms.map(({ weight, counts }) => ({
    users: counts.users,
    weight,
    ...(counts.inversePropensity ?? { sum: 0, sumSquares: 0 }),
  }));
  return propensityRatioP(weighted, distributions);
};

const leastExpected = (arms: readonly Arm[]): number => {
  const total = arms.reduce((sum, { counts }) => sum + counts.users, 0);
  const shares = arms.map(({ weight }) => weight).filter((weight) => weight > 0);
  return total * Math.min(...shares);
};

/**
 * Whether users came to the arms in the shares that were asked for: against the weights, or where propensities are known against
 * those, so that weights which an administrator or a bandit changed on the way raise no alarm.
 */
export const observedRatio = (
  body: EvaluatedBody,
  counts: ExperimentCounts,
  levels: Levels,
): Results['srm'] => {
  const arms = armsOf(body, counts);
  const pValue = pOf(arms, levels);
  return { pValue, ok: pValue >= SAMPLE_RATIO_ALPHA || leastExpected(arms) < LEAST_EXPECTED };
};

/** The alarm of users who saw several arms. */
export const multipleExposures = (
  { multipleExposures: several }: ExperimentCounts,
  usersOfOne: number,
): Results['multipleExposures'] => {
  const share = several === 0 ? 0 : several / (several + usersOfOne);
  return { users: several, share, ok: share <= MOST_MULTIPLE };
};
