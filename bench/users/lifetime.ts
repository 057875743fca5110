import { specialFunctions } from '../../adapters/numbers/special-functions.ts';
import { fitBgNbd } from '../../core/learn/users/lifetime/bg-nbd.ts';
import { fitGammaGamma } from '../../core/learn/users/lifetime/gamma-gamma.ts';
import type { PaymentHistory } from '../../core/profile/fold/payment-history.ts';
import { historyUntil } from '../../scripts/evaluate-users/evaluate-lifetime.ts';
import { dayOf, transactionsOf } from '../../scripts/evaluate-users/read-transactions.ts';
import { cdnowTable } from './cdnow.ts';
import { dataFile, timed } from './data.ts';

const CALIBRATION_END = '1997-09-30';

const historiesIn = (file: string): PaymentHistory[] => {
  const { byCustomer } = transactionsOf(cdnowTable(file));
  return [...byCustomer.values()].flatMap(
    (transactions) => historyUntil(transactions, dayOf(CALIBRATION_END)!) ?? [],
  );
};

const digits = (parameters: Record<string, number>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(', ');

/** BG/NBD and Gamma-Gamma on CDNOW; published for the sample: .243, 4.414, .793, 2.426, -9582.4 and 6.25, 3.74, 15.44. */
export const lifetimeFigures = async (): Promise<void> => {
  for (const name of ['cdnow_sample.txt', 'cdnow_master.txt']) {
    const file = dataFile(name);
    if (file === undefined) continue;
    const histories = historiesIn(file);
    const { result, seconds } = timed(() => fitBgNbd(histories, specialFunctions));
    console.log(
      `BG/NBD, ${name}, ${histories.length} customers: ${digits(result.parameters)}, ll ${result.logLikelihood.toFixed(1)} in ${seconds.toFixed(2)} s`,
    );
    const payments = histories.map(({ meanOf, meanValue }) => ({ count: meanOf, mean: meanValue }));
    const money = timed(() => fitGammaGamma(payments, specialFunctions));
    console.log(`Gamma-Gamma, ${name}: ${digits(money.result.parameters)} in ${money.seconds.toFixed(2)} s`);
  }
};
