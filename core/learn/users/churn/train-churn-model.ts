import { BEHAVIOUR_FEATURES } from '../../../profile/view/behaviour-vector.ts';
import { tableOf } from '../standardize.ts';
import { LEAST_SAMPLES, type Outcome, refused, trained } from '../training-outcome.ts';
import type { ChurnModel, PastUser, UserRow } from '../types.ts';
import { type ChurnReport, trainChurn } from './train-churn.ts';

const RECENCY = BEHAVIOUR_FEATURES.indexOf('recency');

const isComplete = ({ v, churned }: PastUser): boolean =>
  v.length === BEHAVIOUR_FEATURES.length && v.every(Number.isFinite) && (churned === 0 || churned === 1);

/**
 * Learns churn from users who were active in the window before the horizon: the risk that an active user leaves, not that
 * somebody who left long ago stays away. A model that is no better than the base rate in cross-validation is left out.
 */
export const trainChurnModel = (
  rows: readonly UserRow[],
  { windowDays, horizonDays, seed }: { windowDays: number; horizonDays: number; seed: number },
): { model?: ChurnModel; outcome: Outcome<ChurnReport> } => {
  const active = rows.flatMap(({ past }) =>
    past && isComplete(past) && Math.expm1(past.v[RECENCY]!) <= windowDays ? [past] : [],
  );
  const labels = Uint8Array.from(active, ({ churned }) => churned);
  const gone = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(gone, active.length - gone) < LEAST_SAMPLES.outcomes) {
    const reason = `${gone} of ${active.length} users active in ${windowDays} days left within ${horizonDays}: too few of one outcome`;
    return { outcome: refused(reason, active.length) };
  }
  const vectors = tableOf(
    active.map(({ v }) => v),
    BEHAVIOUR_FEATURES.length,
  );
  const { model, report } = trainChurn(vectors, labels, { features: BEHAVIOUR_FEATURES, horizonDays, seed });
  if (!(report.logLoss < report.baseLogLoss))
    return { outcome: refused('no better than the base rate in cross-validation', active.length) };
  return { model, outcome: trained(report) };
};
