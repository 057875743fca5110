import { type ActionLog, actionLog } from '../../core/workflow/action-log.ts';
import { type NextActionModel, nextActionModel } from '../../core/workflow/next-actions.ts';
import type { Visit } from './generated-visits.ts';

/** Sums over predictions. */
export type Sums = { asked: number; hits: number; reciprocal: number; logLoss: number };

export type Predictor = { readonly name: string; readonly of: (log: ActionLog) => NextActionModel };

const mostFrequent = (log: ActionLog): NextActionModel => {
  const probabilities = nextActionModel(log, 0).probabilities([]);
  return { probabilities: () => probabilities };
};

/** Order 0 is the most frequent action, order 1 the plain Markov chain. */
export const PREDICTORS: readonly Predictor[] = [
  { name: 'most frequent', of: mostFrequent },
  ...[1, 2, 3, 4, 5].map((order) => ({
    name: `order ${order}`,
    of: (log: ActionLog) => nextActionModel(log, order),
  })),
];

const UNSEEN = 1e-4;

const tell = (sums: Sums, probabilities: Float64Array, actual: number | undefined): void => {
  const own = actual === undefined ? 0 : (probabilities[actual] ?? 0);
  const rank = probabilities.reduce((above, p, code) => above + (p >= own && code !== actual ? 1 : 0), 1);
  sums.asked += 1;
  sums.logLoss -= Math.log(Math.max(own, UNSEEN));
  if (actual === undefined) return;
  sums.hits += rank === 1 ? 1 : 0;
  sums.reciprocal += 1 / rank;
};

/** Learns from some visits and is asked for every action but the first of others; an action never seen is a miss. */
export const measure = (
  sums: Sums,
  { of }: Predictor,
  { train, test }: { train: readonly Visit[]; test: readonly Visit[] },
): void => {
  const log = actionLog(train);
  const model = of(log);
  const codeOf = new Map(log.names.map((name, code) => [name, code]));
  for (const visit of test) {
    const codes = visit.map(({ name }) => codeOf.get(name) ?? -2);
    for (let i = 1; i < codes.length; i++) {
      const actual = codeOf.get(visit[i]?.name ?? '');
      tell(sums, model.probabilities(codes.slice(Math.max(0, i - 6), i)), actual);
    }
  }
};

export const noSums = (): Sums => ({ asked: 0, hits: 0, reciprocal: 0, logLoss: 0 });
