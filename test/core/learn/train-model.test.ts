import { describe, expect, it } from '@jest/globals';
import { buildDataset } from '../../../core/learn/data/dataset.ts';
import { popularPrior } from '../../../core/learn/hybrid/history-influence.ts';
import { scoreUser } from '../../../core/learn/hybrid/hybrid-score.ts';
import { qualityOf } from '../../../core/learn/hybrid/ranking-quality.ts';
import { trainModel } from '../../../core/learn/hybrid/train-model.ts';
import { DEFAULT_PARAMS } from '../../../core/learn/hybrid/training-params.ts';
import { itemNeighbours } from '../../../core/learn/lists/item-neighbours.ts';
import { makeNeighbourLists } from '../../../core/learn/lists/neighbour-lists.ts';
import { transitions } from '../../../core/learn/lists/transitions.ts';
import type { ItemNeighbours, TrainingRow } from '../../../core/learn/types.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { makeSparseSums } from '../../../core/numbers/sparse-sums.ts';
import { recommend } from '../../../core/recommend/rank/recommend.ts';
import { catalogItem, request, sourcesOf, userSignals, WEIGHTS } from '../recommend/recommend-world.ts';

const TOPICS = 20;
const ITEMS_PER_TOPIC = 15;

/** Users who walk through one topic in steps of 1 to 3 with a random item now and then, from a seed. */
function walks(users: number, seed: number): TrainingRow[] {
  const random = seededRandom(seed);
  const pick = (below: number) => Math.floor(random() * below);
  return Array.from({ length: users }, (_, user) => {
    const topic = pick(TOPICS);
    let place = pick(ITEMS_PER_TOPIC);
    return Array.from({ length: 6 }, (_, at) => {
      place = (place + 1 + pick(2)) % ITEMS_PER_TOPIC;
      const item = random() < 0.15 ? `t${pick(TOPICS)}-${pick(ITEMS_PER_TOPIC)}` : `t${topic}-${place}`;
      return { user: `u${user}`, item, weight: 1 + pick(3), at };
    });
  }).flat();
}

const catalog = Array.from({ length: TOPICS * ITEMS_PER_TOPIC }, (_, number) => {
  const topic = Math.floor(number / ITEMS_PER_TOPIC);
  return catalogItem(`t${topic}-${number % ITEMS_PER_TOPIC}`, { tags: [`topic ${topic}`] });
});

describe('trainModel', () => {
  const phases: string[] = [];
  const input = {
    rows: walks(600, 11),
    catalog,
    now: 100,
    segmentOf: (user: string) => (user.endsWith('1') ? 'power_user' : undefined),
  };
  const model = trainModel({ ...input, onProgress: ({ phase }) => void phases.push(phase) });

  it('ranks held-back items far better than popularity, by weights from validation users', () => {
    expect(model.weightsFrom).toBe('validation');
    expect(model.evaluation!.users).toBe(300);
    expect(model.evaluation!.hybrid.hitRate10).toBeGreaterThan(4 * model.evaluation!.popularity.hitRate10);
    expect(model.evaluation!.hybrid.hitRate10).toBeGreaterThan(0.5);
  });

  it('gives weights that add up to one and counts what it saw', () => {
    const { collaborative, sequential, content, popular, interests } = model.hybridWeights;
    expect(collaborative + sequential + content + popular + interests).toBeCloseTo(1, 10);
    expect(model.counts.users).toBe(600);
    expect(model.counts.items).toBeLessThanOrEqual(catalog.length);
    expect(model.neighbours.itemIds).toHaveLength(catalog.length);
    expect(Object.keys(model.segmentFavourites)).toEqual(['power_user']);
  });

  it('is the same for the same input', () => {
    const again = trainModel(input);
    expect(again.hybridWeights).toEqual(model.hybridWeights);
    for (const itemId of model.neighbours.itemIds) {
      expect(again.neighbours.get(itemId)).toEqual(model.neighbours.get(itemId));
    }
  });

  it('reports every phase', () => {
    expect(new Set(phases)).toEqual(
      new Set([
        'dataset',
        'content',
        'validation',
        'collaborative',
        'sequential',
        'segments',
        'popular',
        'done',
      ]),
    );
    expect(phases.at(-1)).toBe('done');
  });

  it('names only what may be served: neither expired items nor what the catalogue does not hold', () => {
    const left = catalog
      .slice(0, 50)
      .map((item, at) => (at === 0 ? { ...item, expiresAt: '1970-01-01T00:00:00.050Z' } : item));
    const small = trainModel({ ...input, catalog: left });
    const offered = new Set(left.slice(1).map(({ itemId }) => itemId));
    const named = small.neighbours.itemIds
      .flatMap((itemId) => Object.values(small.neighbours.get(itemId)!) as ItemNeighbours['content'][])
      .concat(small.popular)
      .flat();
    expect(named.length).toBeGreaterThan(0);
    expect(named.every(({ itemId }) => offered.has(itemId))).toBe(true);
    expect(small.neighbours.get('nothing')).toBeUndefined();
  });

  it('works with little and with nothing', () => {
    const nothing = trainModel({ rows: [], catalog: [], now: 0 });
    expect([nothing.weightsFrom, nothing.evaluation, nothing.popular]).toEqual(['defaults', undefined, []]);
    const texts = trainModel({ rows: [], catalog, now: 0 });
    const like = texts.neighbours.get('t3-0')!.content.slice(0, ITEMS_PER_TOPIC - 1);
    expect(like.every(({ itemId }) => itemId.startsWith('t3-'))).toBe(true);
    expect(texts.hybridWeights.content).toBeGreaterThan(0);
  });
});

describe('quality', () => {
  it('is the share of hits and their discounted gain', () => {
    expect(qualityOf([0, 2, 9, 10, -1])).toEqual({
      hitRate10: 3 / 5,
      ndcg10: (1 + 1 / Math.log2(4) + 1 / Math.log2(11)) / 5,
    });
    expect(qualityOf([])).toEqual({ hitRate10: 0, ndcg10: 0 });
  });
});

describe('the formula by which weights are chosen', () => {
  it('is the one that serving uses', () => {
    const train = buildDataset(walks(40, 5));
    const lists = {
      collaborative: itemNeighbours(train, DEFAULT_PARAMS),
      sequential: transitions(train, DEFAULT_PARAMS),
      content: makeNeighbourLists(train.items.length, 1),
    };
    const popular = train.items.slice(0, 9).map((itemId, at) => ({ itemId, score: 1 / (at + 1) }));
    const prior = new Float64Array(train.items.length);
    for (const { itemId, score } of popular) prior[train.itemIndex.get(itemId)!] = popularPrior(score);
    const context = { train, lists, popular: prior, sums: makeSparseSums(train.items.length) };
    const stored = new Map(
      train.items.map((name, item) => {
        const list = (from: keyof typeof lists) =>
          [
            ...lists[from].ids.subarray(
              item * lists[from].stride,
              item * lists[from].stride + lists[from].sizes[item]!,
            ),
          ].map((id, at) => ({
            itemId: train.items[id]!,
            score: lists[from].scores[item * lists[from].stride + at]!,
          }));
        return [name, { collaborative: list('collaborative'), sequential: list('sequential'), content: [] }];
      }),
    );
    const sources = sourcesOf(
      train.items.map((id) => catalogItem(id)),
      { neighbours: stored, popular },
    );
    for (let user = 0; user < train.users.length; user++) {
      scoreUser(context, user, WEIGHTS);
      const at = [train.userStart[user]!, train.userStart[user + 1]!] as const;
      const history = [...train.userItem.subarray(...at)].map((item, place) => ({
        itemId: train.items[item]!,
        weight: train.userWeight[at[0] + place]!,
        at: train.userTime[at[0] + place]!,
      }));
      const signals = userSignals({ history: history.reverse(), interactionCount: history.length });
      const answer = recommend(request({ limit: 100, includeSeen: true }), signals, sources).items;
      for (const { itemId, score, rung } of answer.filter((one) => one.rung === 'personalised hybrid')) {
        const raw = context.sums.sums[train.itemIndex.get(itemId)!]!;
        expect([rung, score]).toEqual([
          'personalised hybrid',
          expect.closeTo(raw / (raw + WEIGHTS.halfScore), 6),
        ]);
      }
    }
  });
});
