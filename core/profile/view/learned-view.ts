import { churnFrom } from '../../learn/users/churn/churn-from.ts';
import { lifetimeFrom } from '../../learn/users/lifetime/lifetime-from.ts';
import { clusterOf } from '../../learn/users/segments/cluster-of.ts';
import type {
  ChurnModel,
  LifetimeModel,
  ModelChurn,
  SegmentModel,
  UserModels,
} from '../../learn/users/types.ts';
import type { Behaviour } from '../behaviour.ts';
import { paymentHistory } from '../fold/payment-history.ts';
import { allowsPersonalisation, type StoredProfile } from '../stored-profile.ts';
import { BEHAVIOUR_FEATURES, behaviourVector } from './behaviour-vector.ts';
import { type Churn, churnOf } from './churn.ts';
import { rounded } from './curves.ts';
import { HORIZON_DAYS, type LifetimeValue, lifetimeValueOf } from './lifetime-value.ts';

/** `detail`: what answered, and for a rule why no model did. Contributions of a model are log-odds, those of the rule parts of the risk. */
export type ChurnView = (Churn | ModelChurn) & { detail: string };

export type LifetimeValueView = Omit<LifetimeValue, 'method'> & { method: 'rule' | 'model' };

/** The k-means segment whose typical behaviour is nearest; `distance` in standard deviations. */
export type LearnedSegment = { name: string; distance: number; method: 'model' };

export type LearnedView = {
  churn: ChurnView;
  lifetimeValue: LifetimeValueView;
  /** Absent while no model is in service or nothing is known of the user. */
  learnedSegment?: LearnedSegment;
};

type Known = { readonly profile: StoredProfile; readonly behaviour: Behaviour; readonly now: number };

const DIGITS = 2;
const NOT_TRAINED = 'by rule: no model of users is trained yet';

/** Why no learned model may answer for this user; undefined where one may. */
const obstacle = ({ profile, behaviour }: Known, models: UserModels | undefined): string | undefined => {
  if (!allowsPersonalisation(profile)) return 'by rule: the user does not allow personalisation';
  if (behaviour.lastAt === null) return 'by rule: not enough history';
  return models === undefined ? NOT_TRAINED : undefined;
};

/** False for a model of other features than those that this version of the code reads. */
const isOfThisVersion = (features: readonly string[]): boolean =>
  features.length === BEHAVIOUR_FEATURES.length &&
  features.every((name, j) => name === BEHAVIOUR_FEATURES[j]);

const usableChurn = (model: ChurnModel | undefined): ChurnModel | undefined =>
  model && isOfThisVersion(model.logistic.columns.map(({ name }) => name)) ? model : undefined;

const usableSegments = (model: SegmentModel | undefined): SegmentModel | undefined =>
  model && isOfThisVersion(model.features) ? model : undefined;

const learnedChurn = (model: ChurnModel, vector: Float64Array): ChurnView => ({
  ...churnFrom(model, vector),
  detail: `learned from the users of this application: gone within ${model.horizonDays} days`,
});

const learnedLifetime = (model: LifetimeModel, { behaviour, now }: Known): LifetimeValueView | undefined => {
  const payments = paymentHistory(behaviour, now);
  if (payments === undefined) return undefined;
  const learned = lifetimeFrom(model, payments, HORIZON_DAYS);
  if (!Number.isFinite(learned.expected)) return undefined;
  return {
    expected: rounded(learned.expected, DIGITS),
    horizonDays: HORIZON_DAYS,
    method: 'model',
    detail: `${rounded(learned.payments, DIGITS)} payments expected; still buying with a probability of ${rounded(learned.pAlive, DIGITS)}`,
  };
};

/** The rule's value, and that no model answered. */
const ruledLifetime = (known: Known, risk: number, why: string): LifetimeValueView => {
  const value = lifetimeValueOf(known.behaviour, risk, known.now);
  return { ...value, detail: `${value.detail}; ${why}` };
};

const segmentOf = (model: SegmentModel, vector: Float64Array): LearnedSegment => {
  const { name, distance } = clusterOf(model, vector);
  return { name, distance: rounded(distance, DIGITS), method: 'model' };
};

/**
 * Churn, lifetime value and segment by the learned models that are in service, each by its rule (and saying why) where
 * there is none, its features are not those of this code, or the user's data do not allow it.
 */
export const learnedView = (known: Known, models?: UserModels): LearnedView => {
  const { behaviour, now } = known;
  const why = obstacle(known, models);
  const usable = why === undefined ? models : undefined;
  const vector = usable && behaviourVector(behaviour, now);
  const [churnModel, segments] = [usableChurn(usable?.churn), usableSegments(usable?.segments)];
  const ruledChurn = churnOf(behaviour, now);
  const churn: ChurnView =
    churnModel && vector
      ? learnedChurn(churnModel, vector)
      : { ...ruledChurn, detail: why ?? 'by rule: no churn model is in service' };
  const lifetime = usable?.lifetime && learnedLifetime(usable.lifetime, known);
  const noLifetime = usable?.lifetime
    ? 'by rule: no dated payments'
    : 'by rule: no lifetime model is in service';
  return {
    churn,
    lifetimeValue: lifetime ?? ruledLifetime(known, churn.risk, why ?? noLifetime),
    ...(segments && vector && { learnedSegment: segmentOf(segments, vector) }),
  };
};
