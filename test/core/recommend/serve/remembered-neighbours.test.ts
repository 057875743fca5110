import { describe, expect, it } from '@jest/globals';
import type { ModelStore } from '../../../../core/recommend/ports.ts';
import { rememberedNeighbours } from '../../../../core/recommend/serve/remembered-neighbours.ts';

/** A store whose lists name the model that they belong to, and what it was asked. */
const store = (missing: Set<string> = new Set()) => {
  const asked: string[][] = [];
  const getNeighbours: ModelStore['getNeighbours'] = async (itemIds, { version }) => {
    asked.push([...itemIds]);
    const found = itemIds.filter((itemId) => !missing.has(itemId));
    const lists = { collaborative: [{ itemId: `model ${version}`, score: 1 }], sequential: [], content: [] };
    return new Map(found.map((itemId) => [itemId, lists]));
  };
  return { models: { getNeighbours } as Partial<ModelStore> as ModelStore, asked };
};

describe('neighbours in memory', () => {
  it('asks for each item once, and only for what it does not know', async () => {
    const { models, asked } = store();
    const remembered = rememberedNeighbours(models, 10);
    await remembered.getNeighbours(['a', 'b'], { version: 1 });
    const answer = await remembered.getNeighbours(['b', 'c'], { version: 1 });
    expect([...answer.keys()].sort()).toEqual(['b', 'c']);
    await remembered.getNeighbours(['a', 'c'], { version: 1 });
    expect(asked).toEqual([['a', 'b'], ['c']]);
  });

  it('never mixes the lists of two models', async () => {
    const { models } = store();
    const remembered = rememberedNeighbours(models, 10);
    await remembered.getNeighbours(['a'], { version: 1 });
    const answer = await remembered.getNeighbours(['a', 'b'], { version: 2 });
    expect([...answer.values()].map(({ collaborative }) => collaborative[0]?.itemId)).toEqual([
      'model 2',
      'model 2',
    ]);
  });

  it('asks again for what was not there: it may only not have been seen yet', async () => {
    const missing = new Set(['a']);
    const { models } = store(missing);
    const remembered = rememberedNeighbours(models, 10);
    expect((await remembered.getNeighbours(['a'], { version: 1 })).size).toBe(0);
    missing.clear();
    expect((await remembered.getNeighbours(['a'], { version: 1 })).size).toBe(1);
  });

  it('keeps no more than it may', async () => {
    const { models, asked } = store();
    const remembered = rememberedNeighbours(models, 2);
    await remembered.getNeighbours(['a', 'b', 'c'], { version: 1 });
    await remembered.getNeighbours(['b', 'c'], { version: 1 });
    await remembered.getNeighbours(['a'], { version: 1 });
    expect(asked).toEqual([['a', 'b', 'c'], ['a']]);
  });
});
