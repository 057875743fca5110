import { aucOf, logLossOf } from '../../core/learn/users/binary-metrics.ts';
import { fitWeights } from '../../core/learn/users/logistic/fit-weights.ts';
import {
  chanceToPass,
  expectedScore,
  PASS_MODEL,
  passTerms,
  USUAL_SCORE,
} from '../../core/learning/mastery/chance-to-pass.ts';
import { MASTERY_MODEL, type MasteryModel } from '../../core/learning/mastery/mastery-of.ts';
import { DAY_MS } from '../../core/profile/fold/decay.ts';
import { rounded } from '../../core/profile/view/curves.ts';
import type { Enrolment } from './enrolments.ts';
import { type Prediction, predictionsOf } from './predictions.ts';
import { easeByKind, testEase } from './test-ease.ts';

const HALF_LIVES = [30, 60, 90, 180, 100_000];
const PRIORS = [0.5, 1, 2];
const DIGITS = 4;

type Score = (prediction: Prediction) => number;

const labelsOf = (predictions: readonly Prediction[]): Uint8Array =>
  Uint8Array.from(predictions, ({ passed }) => passed);

const aucWith = (predictions: readonly Prediction[], score: Score): number =>
  rounded(aucOf(predictions.map(score), labelsOf(predictions)), DIGITS);

const hasPast = ({ mastery }: Prediction): boolean => mastery.results > 0;

const logit = (share: number): number => {
  const inside = Math.min(0.999, Math.max(0.001, share));
  return Math.log(inside / (1 - inside));
};

const runningMean: Score = ({ runningMean: mean = USUAL_SCORE }) => mean;

const termsOfMastery = ({ mastery, ease }: Prediction): number[] => passTerms(mastery, ease);
const termsOfMean = (prediction: Prediction): number[] => [
  logit(runningMean(prediction)),
  logit(prediction.ease),
];

type Terms = (prediction: Prediction) => number[];

/** Logistic regression of passing on the terms. */
const fitted = (predictions: readonly Prediction[], terms: Terms) => {
  const rows = predictions.map(terms);
  const design = {
    values: Float64Array.from(rows.flat()),
    rows: rows.length,
    terms: rows[0]?.length ?? 0,
  };
  return fitWeights(design, labelsOf(predictions), 1e-3);
};

const scoreBy = (predictions: readonly Prediction[], terms: Terms): Score => {
  const { weights, intercept } = fitted(predictions, terms);
  return (prediction) => {
    const odds = terms(prediction).reduce((sum, term, j) => sum + term * (weights[j] ?? 0), intercept);
    return 1 / (1 + Math.exp(-odds));
  };
};

const rowOf = (predictions: readonly Prediction[], score: Score) => ({
  all: aucWith(predictions, score),
  withHistory: aucWith(predictions.filter(hasPast), score),
});

const lossOf = (predictions: readonly Prediction[], score: Score): number =>
  rounded(logLossOf(predictions.map(score), labelsOf(predictions)), DIGITS);

const baseRateOf = (predictions: readonly Prediction[]): number =>
  predictions.reduce((sum, { passed }) => sum + passed, 0) / predictions.length;

const report = (predictions: readonly Prediction[], meanWithEase: Score) => {
  const base = baseRateOf(predictions);
  const mastery: Score = (prediction) => chanceToPass(prediction.mastery);
  const withEase: Score = ({ mastery: known, ease }) => chanceToPass(known, { ease });
  return {
    results: predictions.length,
    withHistory: predictions.filter(hasPast).length,
    baseRate: rounded(base, DIGITS),
    auc: {
      baseRate: rowOf(predictions, () => base),
      easeOfTheTest: rowOf(predictions, ({ ease }) => ease),
      runningMean: rowOf(predictions, runningMean),
      mastery: rowOf(predictions, mastery),
      runningMeanWithEase: rowOf(predictions, meanWithEase),
      masteryWithEase: rowOf(predictions, withEase),
    },
    logLoss: {
      baseRate: lossOf(predictions, () => base),
      runningMeanWithEase: lossOf(predictions, meanWithEase),
      masteryWithEase: lossOf(predictions, withEase),
    },
  };
};

const ofYear = (enrolments: readonly Enrolment[], year: string): Enrolment[] =>
  enrolments.filter((enrolment) => enrolment.year === year);

/** How the half-life and the weight of the prior were chosen: the AUC of the expected score on the presentations of 2013. */
const choiceOn = (enrolments: readonly Enrolment[], ease: ReturnType<typeof testEase>) =>
  HALF_LIVES.flatMap((days) =>
    PRIORS.map((priorResults) => {
      const model: MasteryModel = { halfLifeMs: days * DAY_MS, priorResults };
      const predictions = predictionsOf(enrolments, ease, model);
      const auc = aucWith(predictions, ({ mastery }) => expectedScore(mastery));
      return { halfLifeDays: days, priorResults, auc, withEase: choiceWithEase(predictions) };
    }),
  );

const choiceWithEase = (predictions: readonly Prediction[]): number =>
  aucWith(predictions, scoreBy(predictions, termsOfMastery));

/**
 * Whether the next result is a pass, predicted from earlier days alone: parameters are chosen and fitted on the presentations of 2013,
 * those of 2014 report. A running mean of which nothing is known yet stands at the usual score.
 */
export const nextResults = (enrolments: readonly Enrolment[]) => {
  const [before, after] = [ofYear(enrolments, '2013'), ofYear(enrolments, '2014')];
  const usual = easeByKind(before);
  const [easeBefore, easeAfter] = [testEase(before, usual), testEase(after, usual)];
  const chosenOn = predictionsOf(before, easeBefore, MASTERY_MODEL);
  const meanWithEase = scoreBy(chosenOn, termsOfMean);
  const { weights, intercept } = fitted(chosenOn, termsOfMastery);
  return {
    passFrom: 40,
    model: {
      halfLifeDays: MASTERY_MODEL.halfLifeMs / DAY_MS,
      priorResults: MASTERY_MODEL.priorResults,
      inUse: PASS_MODEL,
      fittedOn2013: {
        intercept: rounded(intercept, 3),
        mastery: rounded(weights[0] ?? 0, 3),
        ease: rounded(weights[1] ?? 0, 3),
      },
    },
    choiceOn2013: choiceOn(before, easeBefore),
    presentations2013: report(chosenOn, meanWithEase),
    presentations2014: report(predictionsOf(after, easeAfter, MASTERY_MODEL), meanWithEase),
  };
};
