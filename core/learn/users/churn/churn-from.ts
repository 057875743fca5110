import { rounded } from '../../../profile/view/curves.ts';
import { averageLogOdds, contributionsOf } from '../logistic/predict.ts';
import type { ChurnContribution, ChurnModel, ModelChurn } from '../types.ts';
import { featureDetail } from './feature-details.ts';

/** So many features are named; the rest is summed up. */
const NAMED = 6;

const percent = (share: number): string => `${rounded(100 * share, 1)} %`;

const sumOf = (factors: readonly { contribution: number }[]): number =>
  factors.reduce((sum, { contribution }) => sum + contribution, 0);

/**
 * The learned risk (0-1) that nothing follows within the model's horizon, and why: what each feature adds to the log-odds compared
 * to the average user, strongest first, then the others together and the average user; they add up to log(risk / (1 - risk)).
 */
export const churnFrom = (model: ChurnModel, vector: ArrayLike<number>): ModelChurn => {
  const contributions = contributionsOf(model.logistic, vector).map(({ column, contribution }, j) => ({
    factor: column,
    contribution,
    detail: featureDetail(column, vector[j] ?? Number.NaN),
  }));
  contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const average = averageLogOdds(model.logistic);
  const logOdds = average + sumOf(contributions);
  const [named, others] = [contributions.slice(0, NAMED), contributions.slice(NAMED)];
  const usual = `an average user is gone within ${model.horizonDays} days with ${percent(1 / (1 + Math.exp(-average)))}`;
  const factors: ChurnContribution[] = [
    ...named,
    { factor: 'others', contribution: sumOf(others), detail: `${others.length} weaker features together` },
    { factor: 'average', contribution: average, detail: usual },
  ];
  return {
    risk: rounded(1 / (1 + Math.exp(-logOdds)), 4),
    factors: factors.map((factor) => ({ ...factor, contribution: rounded(factor.contribution, 4) })),
    method: 'model',
  };
};
