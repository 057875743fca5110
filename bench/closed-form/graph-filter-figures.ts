import { openKernels } from '../../adapters/kernels/kernels.ts';
import { evaluateScorer, scoreBufferLength } from '../../core/learn/evaluate/evaluate-scorer.ts';
import { holdOutShare, usersWith } from '../../core/learn/evaluate/splits.ts';
import { graphFilterModel } from '../../core/learn/models/graph-filter/graph-filter.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { checkIns, GOWALLA } from './check-ins.ts';
import { measured, spentText } from './measure.ts';

const VARIANTS = [{}, { itemExponent: 0.4 }, { itemExponent: 0.4, sharpening: 1 }];

/** Trains the graph filter at Gowalla's size and ranks every place for every user. */
export function graphFilterFigures(): void {
  const whole = checkIns(GOWALLA, 1);
  const { train, cases } = holdOutShare(whole, {
    users: usersWith(whole, 5),
    share: 0.2,
    latest: false,
    random: seededRandom(2),
  });
  const items = train.items.length;
  console.log(`graph-filter: ${train.users.length} users, ${items} items, ${train.size} interactions`);
  for (const variant of VARIANTS) {
    const kernels = openKernels();
    const buffer = kernels.f32(scoreBufferLength(items, 64e6));
    const params = { ...graphFilterModel.defaults, ...variant };
    const training = measured(() =>
      graphFilterModel.train(train, params, { kernels, seed: 1, catalog: [], memoryBytes: 4e9 }),
    );
    const ranking = measured(() => evaluateScorer(training.result, cases, { items, cutOffs: [20], buffer }));
    const metrics = ranking.result;
    console.log(
      `${JSON.stringify(variant)}: training ${spentText(training)}, ranking for all users ${spentText(ranking)}, ` +
        `recall@20 ${metrics['recall@20']!.toFixed(4)}, ndcg@20 ${metrics['ndcg@20']!.toFixed(4)}`,
    );
    kernels.close();
  }
}
