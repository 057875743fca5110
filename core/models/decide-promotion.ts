import { pairedDifference } from './paired-difference.ts';

/** NDCG@10 of each held-out user, by the model that was just trained and by what it is held against. */
export type Comparison = {
  readonly candidate: ArrayLike<number>;
  readonly popularity: ArrayLike<number>;
  /** Absent where none is in service, or it cannot be compared: `inServiceNote` then says why. */
  readonly inService?: {
    readonly version: number;
    readonly ndcg: ArrayLike<number>;
    readonly own: ArrayLike<number>;
  };
  readonly inServiceNote: string;
};

/** How much there was to train on. */
export type TrainedOn = { readonly interactions: number; readonly inServiceInteractions?: number };

export type Promotion = { readonly promote: boolean; readonly reason: string };

/** With fewer held-out users a difference says nothing. */
export const LEAST_COMPARED = 20;
/** A model is worse where at least this share of the resampled differences is below 0. */
const WORSE_FROM = 0.9;
/** A night with less than this share of the interactions has lost data; unless its model proves itself, it is not put in service. */
const LEAST_SHARE = 0.5;

const figure = (value: number): string => value.toFixed(4);
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const verdict = (own: ArrayLike<number>, other: ArrayLike<number>, name: string) => {
  const { mean: difference, low, high, chanceWorse } = pairedDifference(own, other);
  const isWorse = difference < 0 && chanceWorse >= WORSE_FROM;
  const words =
    `NDCG@10 ${figure(mean(own))} against ${figure(mean(other))} of ${name} on ${own.length} held-out users ` +
    `(difference ${figure(difference)}, 90 % interval ${figure(low)} to ${figure(high)})`;
  return { isWorse, words };
};

const lostData = ({ interactions, inServiceInteractions = 0 }: TrainedOn): string | undefined =>
  interactions < LEAST_SHARE * inServiceInteractions
    ? `trained on ${interactions} interactions, the model in service on ${inServiceInteractions}`
    : undefined;

/**
 * A model is put in service where it is not worse than popularity and not worse than the model in service, on users whose
 * choices neither had seen. Worse means: at least 90 % of 1,000 bootstrap resamples of the users say so; less is noise.
 */
export const decidePromotion = (comparison: Comparison | undefined, trainedOn: TrainedOn): Promotion => {
  const lost = lostData(trainedOn);
  const users = comparison?.candidate.length ?? 0;
  if (!comparison || users < LEAST_COMPARED) {
    const few = `too little data to compare: ${users} held-out users, at least ${LEAST_COMPARED} are needed`;
    return lost
      ? { promote: false, reason: `kept the model in service: ${few}; ${lost}` }
      : { promote: true, reason: few };
  }
  const popular = verdict(comparison.candidate, comparison.popularity, 'popularity');
  if (popular.isWorse) return { promote: false, reason: `worse than popularity: ${popular.words}` };
  const { inService, inServiceNote } = comparison;
  if (!inService) {
    const reason = `not worse than popularity: ${popular.words}; ${inServiceNote}`;
    return lost
      ? { promote: false, reason: `kept the model in service: ${lost}; ${inServiceNote}` }
      : { promote: true, reason };
  }
  const served = verdict(inService.own, inService.ndcg, `version ${inService.version} in service`);
  if (served.isWorse) return { promote: false, reason: `worse than the model in service: ${served.words}` };
  return {
    promote: true,
    reason: `not worse than the model in service: ${served.words}; nor than popularity: ${popular.words}`,
  };
};
