import type { Dataset } from '../../data/dataset.ts';
import type { Sequences } from '../../data/sequences.ts';
import { coordinateSearch } from '../../evaluate/search.ts';
import type { NeighbourLists } from '../../lists/neighbour-lists.ts';
import type { Model, Scorer } from '../model.ts';
import { followers } from './followers.ts';
import { indexSessions, type SessionIndex, sessionsOf } from './session-index.ts';
import { SESSION_KNN_DEFAULTS, SESSION_KNN_PARAMETERS, type SessionKnnParams } from './session-params.ts';
import { sessionScorer } from './session-scorer.ts';

/** What comes next in sessions like the current one, and what followed its last items directly. */
export const sessionKnnModel: Model<SessionKnnParams> = {
  name: 'session-knn',
  description: 'the items of the most similar latest sessions, by order, distance and age (V-SKNN, STAN)',
  parameters: SESSION_KNN_PARAMETERS,
  defaults: SESSION_KNN_DEFAULTS,
  train: (dataset, params, { sequences }) => sessionTrainer(dataset, sequences)(params),
  choose(train, judge, { context, fixed }) {
    const trainer = sessionTrainer(train, context.sequences);
    let trials = 0;
    return coordinateSearch<SessionKnnParams>({
      start: SESSION_KNN_DEFAULTS,
      axes: [
        { name: 'orderShare', values: [0.3, 0.15, 0, 0.5, 0.7, 0.85] },
        { name: 'itemDecay', values: [0.7, 0.5, 0.3, 0.85, 1] },
        { name: 'positionDecay', values: [0.7, 0.5, 0.35, 0.85] },
        { name: 'beforeShare', values: [0.6, 0.3, 0.1, 0, 1] },
        { name: 'recencyHalfLifeDays', values: [30, 7, 90, 0, 2] },
        { name: 'idfExponent', values: [0.25, 0, 0.5, 1] },
        { name: 'matchDecay', values: [0.8, 0.6, 1] },
        { name: 'lengthExponent', values: [0.25, 0, 0.5] },
        { name: 'neighbours', values: [500, 200, 1000] },
        { name: 'orderWindow', values: [3, 1, 6] },
        { name: 'orderStepDecay', values: [0.5, 0.3, 0.7] },
      ],
      fixed,
      qualityOf: (params) => {
        context.onProgress?.('session-knn, trials', ++trials, Number.NaN);
        return judge(trainer(params));
      },
      rounds: 2,
    });
  },
};

/** Trains for one parameter set after another; what the parameters do not change is kept. */
function sessionTrainer(
  dataset: Dataset,
  sequences: Sequences | undefined,
): (params: SessionKnnParams) => Scorer {
  const sessions = sequences ?? sessionsOf(dataset);
  const items = dataset.items.length;
  let index: { key: number; value: SessionIndex } | undefined;
  let lists: { key: string; value: NeighbourLists } | undefined;
  return (params) => {
    const { sessionsPerItem, orderWindow, orderStepDecay } = params;
    if (index?.key !== sessionsPerItem) {
      index = { key: sessionsPerItem, value: indexSessions(sessions, items, sessionsPerItem) };
    }
    const key = `${orderWindow} ${orderStepDecay}`;
    if (lists?.key !== key)
      lists = { key, value: followers(sessions, items, { orderWindow, orderStepDecay }) };
    return sessionScorer(index.value, lists.value, params);
  };
}
