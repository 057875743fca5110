import { BEHAVIOUR_FEATURES } from '../../profile/view/behaviour-vector.ts';
import type { ChurnReport } from './churn/train-churn.ts';
import { trainChurnModel } from './churn/train-churn-model.ts';
import type { SpecialFunctions } from './lifetime/special-functions.ts';
import { type LifetimeReport, trainLifetime } from './lifetime/train-lifetime.ts';
import type { NetworkOptions } from './preference/fit-network.ts';
import {
  type PreferenceExample,
  type PreferenceReport,
  trainPreference,
} from './preference/train-preference.ts';
import { type SegmentReport, trainSegments } from './segments/train-segments.ts';
import { tableOf } from './standardize.ts';
import { LEAST_SAMPLES, type Outcome, refused, trained } from './training-outcome.ts';
import type { UserModels, UserRow } from './types.ts';

export type UserTrainingOptions = {
  version: number;
  /** ms since the epoch */
  now: number;
  seed: number;
  special: SpecialFunctions;
  /** Churn learns from users who did something in so many days before the horizon. */
  windowDays?: number;
  /** So many days without an interaction are churn; the horizon of `past` in the rows. */
  horizonDays?: number;
  /** Examples for the preference network, with the names of their features. */
  preference?: {
    examples: Iterable<PreferenceExample>;
    features: readonly string[];
    network?: NetworkOptions;
  };
};

/** What the model card says of the user models. */
export type UserModelsReport = {
  rows: number;
  /** Rows whose vector is missing, of another length or not finite. */
  skipped: number;
  segments: Outcome<SegmentReport>;
  churn: Outcome<ChurnReport>;
  lifetime: Outcome<LifetimeReport>;
  preference: Outcome<PreferenceReport>;
};

const WINDOW_DAYS = 90;
const HORIZON_DAYS = 30;

type Trained<Model, Report> = { model?: Model; outcome: Outcome<Report> };

const segmentsFrom = (rows: readonly UserRow[], seed: number) => {
  const table = tableOf(
    rows.map(({ v }) => v),
    BEHAVIOUR_FEATURES.length,
  );
  if (table.rows < LEAST_SAMPLES.segments)
    return {
      skipped: table.skipped,
      outcome: refused(`${table.rows} users are too few for segments`, table.rows),
    };
  const { model, report } = trainSegments(table, { features: BEHAVIOUR_FEATURES, seed });
  return { skipped: table.skipped, model, outcome: trained(report) };
};

const preferenceFrom = ({
  preference,
  seed,
}: UserTrainingOptions): Trained<NonNullable<UserModels['preference']>, PreferenceReport> => {
  if (preference === undefined) return { outcome: refused('no examples were given', 0) };
  const examples = [...preference.examples];
  const positives = examples.filter(({ y }) => y === 1).length;
  const fewer = Math.min(positives, examples.length - positives);
  if (fewer < LEAST_SAMPLES.outcomes)
    return { outcome: refused(`${fewer} examples of one outcome are too few`, examples.length) };
  const { model, report } = trainPreference(examples, preference.features, { seed, ...preference.network });
  if (!(report.network.logLoss < report.baseLogLoss))
    return { outcome: refused('no better than the share of positives on held-out examples', report.samples) };
  return { model, outcome: trained(report) };
};

const isUsable = (row: UserRow): boolean => Array.isArray(row?.v);

/**
 * Trains segments, churn, lifetime value and preference from the users of the nightly export. A model with too little data, or one
 * that is no better than knowing nothing, is left out, and the report says why: the rules then answer. The same rows under the
 * same seed give the same models.
 */
export const trainUserModels = (
  rows: Iterable<UserRow>,
  options: UserTrainingOptions,
): { models: UserModels; report: UserModelsReport } => {
  const { version, now, seed, special, windowDays = WINDOW_DAYS, horizonDays = HORIZON_DAYS } = options;
  const all = [...rows];
  const users = all.filter(isUsable);
  const segments = segmentsFrom(users, seed);
  const churn = trainChurnModel(users, { windowDays, horizonDays, seed });
  const lifetime = trainLifetime(users, { horizonDays, special });
  const preference = preferenceFrom(options);
  return {
    models: {
      version,
      trainedAt: now,
      ...(segments.model && { segments: segments.model }),
      ...(churn.model && { churn: churn.model }),
      ...(lifetime.model && { lifetime: lifetime.model }),
      ...(preference.model && { preference: preference.model }),
    },
    report: {
      rows: all.length,
      skipped: all.length - users.length + segments.skipped,
      segments: segments.outcome,
      churn: churn.outcome,
      lifetime: lifetime.outcome,
      preference: preference.outcome,
    },
  };
};
