/**
 * Ranking quality on real purchases, offline: trains on all but each user's last one and asks `recommend` for ten items
 * per user, as serving does, from stored neighbour lists and at most the user's 24 last items. HR@10 and NDCG@10 over all
 * users against the held-back purchase, ranking the whole catalogue, beside popularity and random.
 * Usage: node bench/offline.ts [beauty toys]
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CatalogItem } from '../core/catalog/types.ts';
import { qualityOf } from '../core/learn/hybrid/ranking-quality.ts';
import { trainModel } from '../core/learn/hybrid/train-model.ts';
import type { ItemNeighbours, RankingQuality, TrainedModel, TrainingRow } from '../core/learn/types.ts';
import { seededRandom } from '../core/numbers/seeded-random.ts';
import { recommend } from '../core/recommend/rank/recommend.ts';
import type { RecommendRequest, Sources, Strategy, UserSignals } from '../core/recommend/types.ts';

const DATA = process.env.ATTUNE_DATA ?? path.resolve(import.meta.dirname, '../../shared/data');
const HISTORY_READ = 24;
const STRATEGIES: readonly Strategy[] = ['hybrid', 'sequential', 'collaborative', 'content_based', 'popular'];

type Split = { user: string; train: string[]; heldBack: string };

function main(names: readonly string[]): void {
  for (const name of names) {
    const purchases = path.join(DATA, `${name}.tsv`);
    if (!existsSync(purchases)) {
      console.log(`${purchases} is not there: nothing to measure for ${name}`);
      continue;
    }
    measure(name, readSplits(purchases), readCatalog(path.join(DATA, `${name}_items.jsonl`)));
  }
}

function readSplits(file: string): Split[] {
  const histories = new Map<string, { item: string; order: number }[]>();
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
    const [user, item, , order] = line.split('\t');
    if (user === undefined || item === undefined) continue;
    histories.set(user, [...(histories.get(user) ?? []), { item, order: Number(order) }]);
  }
  return [...histories]
    .map(([user, history]) => ({
      user,
      items: history.sort((a, b) => a.order - b.order).map(({ item }) => item),
    }))
    .filter(({ items }) => items.length > 1)
    .map(({ user, items }) => ({ user, train: items.slice(0, -1), heldBack: items[items.length - 1]! }));
}

function readCatalog(file: string): CatalogItem[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { item: string; tags: string[] })
    .map(({ item, tags }) => ({
      itemId: item,
      type: 'product',
      title: item,
      tags,
      topics: [],
      genres: [],
      skills: [],
      attributes: {},
      updatedAt: '2026-01-01T00:00:00Z',
    }));
}

function measure(name: string, splits: readonly Split[], catalog: readonly CatalogItem[]): void {
  const rows: TrainingRow[] = splits.flatMap(({ user, train }) =>
    train.map((item, at) => ({ user, item, weight: 1, at })),
  );
  const started = performance.now();
  const model = trainModel({ rows, catalog, now: rows.length });
  const seconds = (performance.now() - started) / 1000;
  console.log(`\n${name}: ${rows.length} interactions, ${splits.length} users, ${catalog.length} items`);
  console.log(
    `trained in ${seconds.toFixed(1)} s, weights from ${model.weightsFrom}, ${megabytes()} MB resident`,
  );
  const sources = sourcesOf(model, catalog);
  printRow('strategy', ['HR@10', 'NDCG@10', 'coverage', 'ms/answer']);
  for (const strategy of STRATEGIES) printStrategy(strategy, { splits, sources, items: catalog.length });
  printRow('random', format(randomQuality(splits, catalog)));
}

function sourcesOf(model: TrainedModel, catalog: readonly CatalogItem[]): Sources {
  const items = new Map(catalog.map((item) => [item.itemId, item]));
  const neighbours = new Map<string, ItemNeighbours>();
  for (const itemId of model.neighbours.itemIds) neighbours.set(itemId, model.neighbours.get(itemId)!);
  return {
    catalog: { get: (itemId) => items.get(itemId), newest: [], size: items.size },
    neighbours,
    popular: model.popular,
    trending: [],
    segmentFavourites: model.segmentFavourites,
    weights: model.hybridWeights,
  };
}

type Asked = { splits: readonly Split[]; sources: Sources; items: number };

function printStrategy(strategy: Strategy, { splits, sources, items }: Asked): void {
  const request: RecommendRequest = {
    strategy,
    limit: 10,
    offset: 0,
    exclude: [],
    includeSeen: false,
    diversity: 0,
    now: 0,
  };
  const shown = new Set<string>();
  const started = performance.now();
  const ranks = splits.map((split) => {
    const answer = recommend(request, signalsOf(split), sources).items;
    for (const { itemId } of answer) shown.add(itemId);
    return answer.findIndex(({ itemId }) => itemId === split.heldBack);
  });
  const each = (performance.now() - started) / splits.length;
  printRow(strategy, [
    ...format(qualityOf(ranks)),
    `${((100 * shown.size) / items).toFixed(0)} %`,
    each.toFixed(3),
  ]);
}

function signalsOf({ user, train }: Split): UserSignals {
  const seen = new Set(train);
  return {
    userId: user,
    history: train
      .map((itemId, at) => ({ itemId, weight: 1, at }))
      .reverse()
      .slice(0, HISTORY_READ),
    seen: (itemId) => seen.has(itemId),
    completed: () => false,
    dismissed: () => false,
    interests: [],
    contentTypeAffinity: {},
    personalised: true,
    interactionCount: train.length,
  };
}

function randomQuality(splits: readonly Split[], catalog: readonly CatalogItem[]): RankingQuality {
  const random = seededRandom(1);
  return qualityOf(splits.map(({ train }) => Math.floor(random() * (catalog.length - train.length))));
}

function format({ hitRate10, ndcg10 }: RankingQuality): string[] {
  return [hitRate10.toFixed(4), ndcg10.toFixed(4)];
}

function printRow(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(16) + cells.map((cell) => cell.padStart(11)).join(''));
}

function megabytes(): number {
  return Math.round(process.memoryUsage().rss / 1e6);
}

main(process.argv.length > 2 ? process.argv.slice(2) : ['beauty', 'toys']);
