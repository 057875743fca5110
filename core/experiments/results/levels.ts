import type { Distributions } from '../statistics/distributions.ts';

/** How sure a statement is to be, and what it is computed with. */
export type Levels = {
  /** 0-1, e.g. .95 */
  readonly confidence: number;
  readonly distributions: Distributions;
};

/** Share of false alarms that is accepted. Rounded, since 1 - .95 is not .05 in floating point. */
export const alphaOf = ({ confidence }: Pick<Levels, 'confidence'>): number =>
  Number((1 - confidence).toPrecision(12));
