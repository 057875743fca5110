import type { Behaviour } from '../../profile/behaviour.ts';
import type { StoredProfile } from '../../profile/stored-profile.ts';
import { rounded } from '../../profile/view/curves.ts';

export type PaceName = 'slow' | 'moderate' | 'fast';

export type PaceView = {
  readonly value: PaceName;
  readonly source: 'stated' | 'observed' | 'unknown';
  /** In the words of the profile. */
  readonly stated?: string;
  /** Geometric mean of time taken to time expected; absent before the first. */
  readonly observed?: number;
  /** Of how many times that mean is. */
  readonly observations: number;
  /** What to multiply expected times with: 1.5 for somebody who needs half as long again. */
  readonly factor: number;
  readonly reason: string;
};

/** Time that the stated paces take, beside what is expected. */
const STATED_FACTORS: ReadonlyMap<string, number> = new Map([
  ['slow', 1.3],
  ['moderate', 1],
  ['medium', 1],
  ['normal', 1],
  ['fast', 0.75],
]);

/** What is stated (or nothing) counts as so many observations. */
const PRIOR_OBSERVATIONS = 3;
const SLOW_FROM = 1.15;
const FAST_TO = 0.87;

const nameOf = (factor: number): PaceName => {
  if (factor >= SLOW_FROM) return 'slow';
  return factor <= FAST_TO ? 'fast' : 'moderate';
};

const reasonOf = (stated: string | undefined, observed: number | undefined, times: number): string => {
  const says = stated === undefined ? [] : [`the learner states a ${stated} pace`];
  const shows =
    observed === undefined
      ? []
      : [`${times} ${times === 1 ? 'step' : 'steps'} took ${observed} times as long as expected`];
  const parts = [...says, ...shows].join('; ');
  return parts === '' ? 'Nothing is known of the pace' : parts.charAt(0).toUpperCase() + parts.slice(1);
};

/**
 * How fast somebody learns. The factor is the geometric mean of time taken to time expected, with what is stated (1.3 slow, 1 moderate,
 * .75 fast; 1 where nothing is) as three further observations: exp((3 ln stated + sum of ln ratios) / (3 + n)). Slow from 1.15 on,
 * fast up to .87.
 */
export const learningPace = (
  { learner }: Pick<StoredProfile, 'learner'>,
  { pace: [count, sum] = [0, 0] }: Pick<Behaviour, 'pace'>,
): PaceView => {
  const stated = learner?.preferredPace;
  const known = stated === undefined ? undefined : STATED_FACTORS.get(stated);
  const logs = PRIOR_OBSERVATIONS * Math.log(known ?? 1) + sum / 1000;
  const factor = rounded(Math.exp(logs / (PRIOR_OBSERVATIONS + count)), 3);
  const observed = count === 0 ? undefined : rounded(Math.exp(sum / 1000 / count), 2);
  const source = count > 0 ? 'observed' : known === undefined ? 'unknown' : 'stated';
  return {
    value: nameOf(factor),
    source,
    ...(stated !== undefined && { stated }),
    ...(observed !== undefined && { observed }),
    observations: count,
    factor,
    reason: reasonOf(stated, observed, count),
  };
};
