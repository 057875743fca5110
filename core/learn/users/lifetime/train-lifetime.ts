import type { PaymentHistory } from '../../../profile/fold/payment-history.ts';
import { LEAST_SAMPLES, type Outcome, refused, trained } from '../training-outcome.ts';
import type { BgNbd, GammaGamma, LifetimeModel, UserRow } from '../types.ts';
import { fitBgNbd } from './bg-nbd.ts';
import { fitGammaGamma } from './gamma-gamma.ts';
import { lifetimeFrom } from './lifetime-from.ts';
import type { SpecialFunctions } from './special-functions.ts';

type Sums = { expected: number; actual: number; mae: number };

/** Payments within the horizon, expected and actual, with the mean error per customer; the same of money under `value`. */
export type LifetimeHoldout = Sums & { customers: number; horizonDays: number; value: Sums };

export type LifetimeReport = {
  samples: number;
  repeatCustomers: number;
  bgNbd: BgNbd & { logLikelihood: number };
  gammaGamma: GammaGamma & { logLikelihood: number };
  /** By a model of what was known one horizon ago; absent where that was too little. */
  holdout?: LifetimeHoldout;
};

type Fitted = { model: LifetimeModel; report: LifetimeReport };

const isComplete = (payments: PaymentHistory | undefined): payments is PaymentHistory =>
  payments !== undefined &&
  Number.isSafeInteger(payments.frequency) &&
  payments.frequency >= 0 &&
  payments.recencyWeeks >= 0 &&
  payments.ageWeeks >= payments.recencyWeeks &&
  (payments.frequency > 0 || payments.recencyWeeks === 0) &&
  Number.isFinite(payments.ageWeeks) &&
  Number.isFinite(payments.meanValue);

/** The models for these customers, or why there are none. */
const fitCustomers = (customers: readonly PaymentHistory[], special: SpecialFunctions): Fitted | string => {
  const repeats = customers.filter(({ frequency, meanValue }) => frequency > 0 && meanValue > 0);
  if (customers.length < LEAST_SAMPLES.customers || repeats.length < LEAST_SAMPLES.repeatCustomers)
    return `${customers.length} customers, ${repeats.length} of whom paid again, are too few`;
  if (repeats.every(({ meanValue }) => meanValue === repeats[0]?.meanValue))
    return 'all customers pay the same: there is no distribution of payments to learn';
  const bgNbd = fitBgNbd(customers, special);
  const gammaGamma = fitGammaGamma(
    repeats.map(({ meanOf, meanValue }) => ({ count: meanOf, mean: meanValue })),
    special,
  );
  if (!bgNbd.converged || !gammaGamma.converged) return 'the maximum of the likelihood was not found';
  return {
    model: { bgNbd: bgNbd.parameters, gammaGamma: gammaGamma.parameters },
    report: {
      samples: customers.length,
      repeatCustomers: repeats.length,
      bgNbd: { ...bgNbd.parameters, logLikelihood: bgNbd.logLikelihood },
      gammaGamma: { ...gammaGamma.parameters, logLikelihood: gammaGamma.logLikelihood },
    },
  };
};

const add = (sums: Sums, expected: number, actual: number, customers: number): void => {
  sums.expected += expected;
  sums.actual += actual;
  sums.mae += Math.abs(expected - actual) / customers;
};

const holdoutOf = (
  rows: readonly UserRow[],
  horizonDays: number,
  special: SpecialFunctions,
): LifetimeHoldout | undefined => {
  const known = rows.flatMap(({ past }) =>
    past?.paid && isComplete(past.payments) ? [{ payments: past.payments, paid: past.paid }] : [],
  );
  const fitted = fitCustomers(
    known.map(({ payments }) => payments),
    special,
  );
  if (typeof fitted === 'string') return undefined;
  const payments = { expected: 0, actual: 0, mae: 0 };
  const value = { expected: 0, actual: 0, mae: 0 };
  for (const { payments: history, paid } of known) {
    const predicted = lifetimeFrom(fitted.model, history, horizonDays);
    add(payments, predicted.payments, paid.count, known.length);
    add(value, predicted.expected, paid.value, known.length);
  }
  return { ...payments, customers: known.length, horizonDays, value };
};

/** BG/NBD and Gamma-Gamma for all users who ever paid, judged by what a model of one horizon ago expected since. */
export const trainLifetime = (
  rows: readonly UserRow[],
  { horizonDays, special }: { horizonDays: number; special: SpecialFunctions },
): { model?: LifetimeModel; outcome: Outcome<LifetimeReport> } => {
  const customers = rows.flatMap(({ payments }) => (isComplete(payments) ? [payments] : []));
  const fitted = fitCustomers(customers, special);
  if (typeof fitted === 'string') return { outcome: refused(fitted, customers.length) };
  const holdout = holdoutOf(rows, horizonDays, special);
  return { model: fitted.model, outcome: trained({ ...fitted.report, ...(holdout && { holdout }) }) };
};
