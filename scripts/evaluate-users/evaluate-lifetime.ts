import { specialFunctions } from '../../adapters/numbers/special-functions.ts';
import { fitBgNbd } from '../../core/learn/users/lifetime/bg-nbd.ts';
import { fitGammaGamma } from '../../core/learn/users/lifetime/gamma-gamma.ts';
import { lifetimeFrom } from '../../core/learn/users/lifetime/lifetime-from.ts';
import type { LifetimeModel } from '../../core/learn/users/types.ts';
import type { PaymentHistory } from '../../core/profile/fold/payment-history.ts';
import { BadInput } from '../evaluate/bad-input.ts';
import { parsedArgs } from '../evaluate/parsed-args.ts';
import { readTable } from './read-table.ts';
import { dayOf, type Transaction, transactionsOf } from './read-transactions.ts';
import { required, wholeNumber } from './usage.ts';

export const lifetimeUsage = `npm run -s evaluate:lifetime -- --transactions FILE --calibration-end DATE [options]

  --transactions FILE     rows with the columns customer, date (YYYY-MM-DD) and amount
  --calibration-end DATE  the last day that the models may learn from
  --horizon-days N        days after it to predict (default: until the last transaction)

Prints {customers, bgnbd, gammaGamma, holdout, ...} as JSON; time in weeks. Purchases of one day count as one.`;

const options = {
  transactions: { type: 'string' },
  'calibration-end': { type: 'string' },
  'horizon-days': { type: 'string' },
} as const;

const lifetimeOptions = (args: readonly string[]) => {
  const values = parsedArgs(args, options);
  const text = required(values['calibration-end'], 'calibration-end');
  const end = dayOf(text);
  if (end === undefined)
    throw new BadInput(`--calibration-end must be a date such as 1997-09-30, not ${text}`);
  const horizon = values['horizon-days'];
  return {
    file: required(values.transactions, 'transactions'),
    end,
    horizonDays: horizon === undefined ? undefined : wholeNumber(horizon, 'horizon-days', 1),
  };
};

/** The history until `end`, by the published convention: repeats only, their mean, weeks since the first purchase. */
export const historyUntil = (
  transactions: readonly Transaction[],
  end: number,
): PaymentHistory | undefined => {
  const known = transactions.filter(({ day }) => day <= end);
  const first = known[0];
  if (first === undefined) return undefined;
  const repeats = known.slice(1);
  const spent = repeats.reduce((sum, { amount }) => sum + amount, 0);
  return {
    frequency: repeats.length,
    recencyWeeks: (known.at(-1)!.day - first.day) / 7,
    ageWeeks: (end - first.day) / 7,
    meanValue: repeats.length === 0 ? 0 : spent / repeats.length,
    meanOf: repeats.length,
  };
};

type Customer = { history: PaymentHistory; later: Transaction[] };

type Sums = { expected: number; actual: number; mae: number };

const summed = (pairs: readonly (readonly [expected: number, actual: number])[]): Sums => ({
  expected: pairs.reduce((sum, [expected]) => sum + expected, 0),
  actual: pairs.reduce((sum, [, actual]) => sum + actual, 0),
  mae: pairs.reduce((sum, [expected, actual]) => sum + Math.abs(expected - actual), 0) / pairs.length,
});

/** What was predicted for the days after calibration, and what came: purchases, and money under `value`. */
const holdoutOf = (
  customers: readonly Customer[],
  model: LifetimeModel,
  end: number,
  horizonDays: number,
) => {
  const rows = customers.map(({ history, later }) => {
    const within = later.filter(({ day }) => day <= end + horizonDays);
    const predicted = lifetimeFrom(model, history, horizonDays);
    const spent = within.reduce((sum, { amount }) => sum + amount, 0);
    return { purchases: [predicted.payments, within.length], value: [predicted.expected, spent] } as const;
  });
  return {
    ...summed(rows.map(({ purchases }) => purchases)),
    unit: 'purchases',
    horizonDays,
    value: summed(rows.map(({ value }) => value)),
  };
};

const customersOf = (byCustomer: ReadonlyMap<string, Transaction[]>, end: number): Customer[] =>
  [...byCustomer.values()].flatMap((transactions) => {
    const history = historyUntil(transactions, end);
    return history === undefined ? [] : [{ history, later: transactions.filter(({ day }) => day > end) }];
  });

/** Runs the command; the result is what it prints. @throws BadInput */
export const evaluateLifetime = async (args: readonly string[]) => {
  const { file, end, horizonDays } = lifetimeOptions(args);
  const read = transactionsOf(await readTable(file));
  const customers = customersOf(read.byCustomer, end);
  if (customers.length === 0) throw new BadInput('no customer bought before the end of the calibration');
  const bgNbd = fitBgNbd(
    customers.map(({ history }) => history),
    specialFunctions,
  );
  const gammaGamma = fitGammaGamma(
    customers.map(({ history }) => ({ count: history.frequency, mean: history.meanValue })),
    specialFunctions,
  );
  const model = { bgNbd: bgNbd.parameters, gammaGamma: gammaGamma.parameters };
  const lastDay = [...read.byCustomer.values()].reduce((last, list) => Math.max(last, list.at(-1)!.day), end);
  const days = Math.min(horizonDays ?? Number.POSITIVE_INFINITY, lastDay - end);
  return {
    customers: customers.length,
    bgnbd: { ...bgNbd.parameters, logLikelihood: bgNbd.logLikelihood },
    gammaGamma: { ...gammaGamma.parameters },
    holdout: days > 0 ? holdoutOf(customers, model, end, days) : null,
    converged: bgNbd.converged && gammaGamma.converged,
    repeatCustomers: gammaGamma.customers,
    laterCustomers: read.byCustomer.size - customers.length,
    rows: read.rows,
    skippedRows: read.skippedRows,
    mergedRows: read.mergedRows,
  };
};
