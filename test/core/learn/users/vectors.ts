import { readFileSync } from 'node:fs';
import type { BgNbd, GammaGamma } from '../../../../core/learn/users/types.ts';

type Triple = [frequency: number, recencyWeeks: number, ageWeeks: number];

type Vectors = {
  tolerance: number;
  auc: { name: string; scores: number[]; labels: number[]; expected: number }[];
  logLoss: { probabilities: number[]; labels: number[]; expected: number }[];
  logistic: {
    name: string;
    counts: [flag: number, label: number, rows: number][];
    intercept: number;
    weight: number;
  }[];
  bgNbdLikelihood: { name: string; parameters: BgNbd; customers: Triple[]; likelihood: number }[];
  alive: { parameters: BgNbd; purchases: Triple; expected: number }[];
  expectedPurchases: {
    parameters: BgNbd;
    tolerance: number;
    cases: { purchases: Triple; weeks: number; expected: number }[];
  };
  gammaGammaLikelihood: {
    name: string;
    parameters: GammaGamma;
    customers: [number, number][];
    likelihood: number;
  }[];
  expectedPayment: { name: string; parameters: GammaGamma; payment: [number, number]; expected: number }[];
};

/** Worked examples of the user models, for any implementation. */
export const vectors = JSON.parse(
  readFileSync(new URL('../../../vectors/user-models.json', import.meta.url), 'utf8'),
) as Vectors;

export const purchasesOf = ([frequency, recencyWeeks, ageWeeks]: Triple) => ({
  frequency,
  recencyWeeks,
  ageWeeks,
});
