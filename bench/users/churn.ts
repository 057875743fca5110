import { type CrossValidation, crossValidate } from '../../core/learn/users/logistic/cross-validate.ts';
import { evaluateChurn } from '../../scripts/evaluate-users/evaluate-churn.ts';
import { dataFile } from './data.ts';
import { type Enrolments, ouladWithdrawals } from './oulad.ts';

const SEEDS = [1, 2, 3];

const line = (name: string, seed: number, { auc, logLoss, calibration }: CrossValidation): string =>
  `${name}, seed ${seed}: AUC ${auc.toFixed(4)}, log loss ${logLoss.toFixed(4)}, calibration error ${calibration.expectedError.toFixed(4)}, slope ${calibration.slope.toFixed(2)}`;

const shoppers = async (file: string): Promise<void> => {
  for (const seed of SEEDS) {
    const args = ['--file', file, '--label', 'Revenue', '--positive', 'TRUE', '--seed', String(seed)];
    console.log(line('Online Shoppers, 5 folds', seed, await evaluateChurn(args)));
  }
};

const withdrawals = ({ columns, labels, day }: Enrolments): void => {
  for (const seed of SEEDS)
    console.log(
      line(
        `OULAD, withdrawal after day ${day}, 5 folds`,
        seed,
        crossValidate(columns, labels, { folds: 5, seed }),
      ),
    );
};

/** Churn by logistic regression; target for Online Shoppers: AUC .893. */
export const churnFigures = async (): Promise<void> => {
  const file = dataFile('online_shoppers.csv');
  if (file !== undefined) await shoppers(file);
  const oulad = dataFile('oulad');
  if (oulad !== undefined) withdrawals(await ouladWithdrawals(oulad));
};
