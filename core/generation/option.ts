import type { Estimate, Evidence } from './shrinkage.ts';
import type { StatedEvidence, StatedPreferences } from './stated-evidence.ts';
import type { OutcomeTallies, ParameterValue } from './types.ts';

/** What may be known of whoever asks; of somebody who does not allow personalisation nothing is. */
export type GenerationKnown = StatedPreferences & {
  readonly tallies: OutcomeTallies;
  readonly segment?: string | undefined;
};

export const nobodyKnown: GenerationKnown = {
  preferences: {},
  engaged: { styles: [], topics: [] },
  tallies: {},
};

/** One option with all that is known of it. */
export type Option = {
  readonly value: ParameterValue;
  readonly evidence: Evidence;
  readonly stated: StatedEvidence | undefined;
  readonly estimate: Estimate;
};
