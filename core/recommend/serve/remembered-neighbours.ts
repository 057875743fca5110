import type { ItemNeighbours } from '../../learn/types.ts';
import type { ModelStore } from '../ports.ts';

/**
 * The same store, with the neighbour lists of up to `most` items kept in memory: a model's lists never change once it is in
 * service, and users share items. The oldest are dropped; another model starts anew; what is not there is asked for again.
 */
export const rememberedNeighbours = (models: ModelStore, most: number): ModelStore => {
  let version = Number.NaN;
  let known = new Map<string, ItemNeighbours>();
  const getNeighbours: ModelStore['getNeighbours'] = async (itemIds, model) => {
    if (model.version !== version) {
      version = model.version;
      known = new Map();
    }
    const kept = known;
    const answer = new Map<string, ItemNeighbours>();
    for (const itemId of itemIds) {
      const lists = kept.get(itemId);
      if (lists) answer.set(itemId, lists);
    }
    const missing = itemIds.filter((itemId) => !answer.has(itemId));
    if (missing.length === 0) return answer;
    for (const [itemId, lists] of await models.getNeighbours(missing, model)) {
      answer.set(itemId, lists);
      kept.set(itemId, lists);
    }
    for (const itemId of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(itemId);
    }
    return answer;
  };
  return { ...models, getNeighbours };
};
