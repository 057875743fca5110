import type { PaymentHistory } from '../../profile/fold/payment-history.ts';
import type { LogisticModel } from './logistic/logistic-model.ts';
import type { Choice } from './preference/choice.ts';

/** Means and scales of columns: `(x - mean) / scale` has mean 0 and variance 1. */
export type Standardization = { means: number[]; scales: number[] };

/** k-means on standardised behaviour vectors. `names`, `sizes` (users in training) and `centroids` go by cluster. */
export type SegmentModel = {
  features: string[];
  standardization: Standardization;
  centroids: number[][];
  names: string[];
  sizes: number[];
};

/** The segment of a user; `distance` to its centroid in standard deviations. */
export type Cluster = { name: string; index: number; distance: number };

/** Probability that no interaction follows within `horizonDays`. */
export type ChurnModel = { horizonDays: number; logistic: LogisticModel };

/**
 * What one feature adds to the log-odds compared to the average user of the training data. The contributions of all
 * features and of `average` add up to the log-odds of the risk.
 */
export type ChurnContribution = { factor: string; contribution: number; detail: string };
export type ModelChurn = { risk: number; factors: ChurnContribution[]; method: 'model' };

/** Parameters of BG/NBD (Fader, Hardie, Lee 2005), time in weeks. */
export type BgNbd = { r: number; alpha: number; a: number; b: number };

/** Parameters of the Gamma-Gamma model (Fader, Hardie 2013) of the mean payment. */
export type GammaGamma = { p: number; q: number; v: number };

export type LifetimeModel = { bgNbd: BgNbd; gammaGamma: GammaGamma };

/** Money expected within the horizon, the payments behind it, and the probability that the customer still buys. */
export type ModelLifetime = { expected: number; payments: number; pAlive: number; method: 'model' };

/** One hidden layer of tanh units over standardised features, one sigmoid output. Matrices row-major. */
export type PreferenceModel = {
  features: string[];
  standardization: Standardization;
  hidden: number;
  /** hidden x features, then the biases of the hidden units. */
  inputWeights: number[];
  inputBiases: number[];
  outputWeights: number[];
  outputBias: number;
};

/** All that is learned of users, as one small JSON document. A model that could not be trained is absent. */
export type UserModels = {
  version: number;
  /** ms since the epoch */
  trainedAt: number;
  segments?: SegmentModel;
  churn?: ChurnModel;
  lifetime?: LifetimeModel;
  preference?: PreferenceModel;
};

/** One user as the nightly export writes it. `v` is `behaviourVector(behaviour, now)`. */
export type UserRow = {
  v: readonly number[];
  payments?: PaymentHistory;
  /** The same user one horizon ago, with what happened since; absent for users who were not there yet. */
  past?: PastUser;
  /** What the user chose last, for the preference network; absent for users who chose nothing new this week. */
  choice?: Choice;
};

export type PastUser = {
  v: readonly number[];
  /** 1 where no interaction followed within the horizon. */
  churned: 0 | 1;
  payments?: PaymentHistory;
  /** Payments within the horizon: how many, and their sum. */
  paid?: { count: number; value: number };
};
