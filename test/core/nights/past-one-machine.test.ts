import { describe, expect, it } from '@jest/globals';
import { buildDataset } from '../../../core/learn/data/dataset.ts';
import type { ExportSize } from '../../../core/nights/formats.ts';
import { keys } from '../../../core/nights/keys.ts';
import { promote } from '../../../core/nights/steps/promote.ts';
import { publish } from '../../../core/nights/steps/publish.ts';
import { size } from '../../../core/nights/steps/size.ts';
import { train } from '../../../core/nights/steps/train.ts';
import { candidatesFor } from '../../../core/nights/training/collaborative-candidates.ts';
import { writeFactors } from '../../../core/nights/training/write-factors.ts';
import { nightWorld, putExport, type RowBefore, stepOf } from '../../support/night-world.ts';

const rows = Array.from({ length: 40 }, (_, user) =>
  Array.from({ length: 5 }, (__, at): RowBefore => [`u${user}`, `i${(user + at) % 20}`, at * 1000]),
).flat();

const sparkReport = {
  engine: 'spark',
  params: { rank: 64, alpha: 10 },
  users: 1_000_000,
  items: 21,
  interactions: 100_000_000,
  skipped: 3,
  seconds: 900,
  metrics: { 'hr@10': 0.2, 'ndcg@10': 0.1 },
  popularity: { 'hr@10': 0.1, 'ndcg@10': 0.05 },
};

const sparkWorld = async () => {
  const world = nightWorld({ settings: { engine: 'spark' } });
  await putExport(world, 'r', { rows });
  await size(world.ports, stepOf('r'));
  return world;
};

describe('an export that Spark factorised', () => {
  it('is told apart by its size, which is the newest export from then on', async () => {
    const { ports } = await sparkWorld();
    const latest = (await ports.objects.getJson(keys.latest)) as ExportSize;
    expect(latest).toMatchObject({ runId: 'r', engine: 'spark', interactions: rows.length, shards: 1 });
  });

  it('takes up the lists that Spark left, those of items beyond the sample too, and says so on the card', async () => {
    const world = await sparkWorld();
    const { objects } = world.ports;
    await objects.putGzipJsonLines('models/r/collaborative-0.jsonl.gz', [
      {
        i: 'i1',
        n: [
          ['i9', 8],
          ['only-spark-knows', 4],
          ['i3', 2],
        ],
      },
    ]);
    await objects.putGzipJsonLines('models/r/collaborative-1.jsonl.gz', [
      { i: 'only-spark-knows', n: [['i1', 4]] },
    ]);
    await objects.putJson(keys.sparkMetrics('r'), sparkReport);
    await train(world.ports, stepOf('r'));
    await publish(world.ports, stepOf('r'));
    await promote(world.ports, stepOf('r'));
    expect(world.lists.get('i1 1')?.neighbours.collaborative).toEqual([
      { itemId: 'i9', score: 1 },
      { itemId: 'only-spark-knows', score: 0.5 },
      { itemId: 'i3', score: 0.25 },
    ]);
    expect(world.lists.get('only-spark-knows 1')?.neighbours.collaborative).toEqual([
      { itemId: 'i1', score: 0.5 },
    ]);
    expect(world.lists.get('i5 1')?.neighbours.sequential.length).toBeGreaterThan(0);
    const card = world.cards.get('r');
    expect(card).toMatchObject({ engine: 'spark', decision: 'promoted' });
    expect(card?.models.find(({ name }) => name === 'collaborative')?.parameters).toMatchObject({
      kind: 'als (spark)',
      spark: { seconds: 900, metrics: { 'ndcg@10': 0.1 } },
    });
  });

  it('is not put in service where Spark found it worse than popularity', async () => {
    const world = await sparkWorld();
    const popularity = { 'ndcg@10': 0.2 };
    await world.ports.objects.putJson(keys.sparkMetrics('r'), { ...sparkReport, popularity });
    await train(world.ports, stepOf('r'));
    expect(await promote(world.ports, stepOf('r'))).toMatchObject({
      decision: 'kept',
      reason: 'worse than popularity: NDCG@10 0.1000 against 0.2000 of popularity on the holdout of Spark',
    });
    expect(world.inService.model).toBeUndefined();
    expect(world.rankings.get('popular')?.items.length).toBeGreaterThan(0);
  });

  it('is not trained on before Spark has finished', async () => {
    const world = await sparkWorld();
    await expect(train(world.ports, stepOf('r'))).rejects.toThrow('Spark has not finished');
  });

  it('is read by a share of its users where it does not fit', async () => {
    const world = nightWorld({ settings: { engine: 'lambda', trainingMemoryMb: 400.015 } });
    await putExport(world, 'r', { rows });
    await train(world.ports, stepOf('r'));
    await promote(world.ports, stepOf('r'));
    const { data } = world.cards.get('r')!;
    expect(data!.users).toBeLessThan(40);
    expect(data!.interactions).toBe(data!.users * 5);
    expect(data!.leftOut['not sampled']).toBe(0);
  });
});

describe('the collaborative lists that are tried', () => {
  const dataset = (items: number, interactions = 6_000) =>
    buildDataset(
      Array.from({ length: interactions }, (_, at) => ({
        user: `u${at % 500}`,
        item: `i${at % items}`,
        weight: 1,
        at,
      })),
    );
  const kernels = () => {
    throw new Error('not needed to choose');
  };
  const names = (items: number, memoryBytes: number, interactions?: number) =>
    candidatesFor(dataset(items, interactions), { kernels, memoryBytes }).map(({ name }) => name);

  it('are those that fit the memory', () => {
    expect(names(901, 1e9)).toEqual(['item-knn', 'ease', 'als']);
    expect(names(901, 3e6)).toEqual(['item-knn', 'als']);
    expect(names(901, 1e5)).toEqual(['item-knn']);
    expect(names(901, 1e9, 100)).toEqual(['item-knn']);
  });
});

describe('factors', () => {
  it('are left in the format that Spark writes', async () => {
    const { ports } = nightWorld();
    const factors = {
      users: Float32Array.of(0.123456, -1),
      items: Float32Array.of(1, 2, 3, 4),
      dimensions: 2,
    };
    await writeFactors(ports, 'r', { users: ['p'], items: ['a', 'b'], factors });
    const read = async (key: string) => {
      const lines: unknown[] = [];
      for await (const line of ports.objects.readJsonLines(key)) lines.push(line);
      return lines;
    };
    expect(await read('models/r/item-factors-0.jsonl.gz')).toEqual([
      { i: 'a', f: [1, 2] },
      { i: 'b', f: [3, 4] },
    ]);
    expect(await read('models/r/user-factors-0.jsonl.gz')).toEqual([{ u: 'p', f: [0.12346, -1] }]);
  });
});
