import type { RankedItem } from '../learn/types.ts';
import type { ModelStore } from '../recommend/ports.ts';

/** Made by the hour, whatever model is in service. */
const NOT_OF_A_MODEL = new Set(['trending']);

/** Replaces all rankings of a model; those that only an earlier model had are emptied. */
export const putRankings = async (
  models: ModelStore,
  rankings: Readonly<Record<string, readonly RankedItem[]>>,
  now: number,
): Promise<void> => {
  const before = [...(await models.allRankings())]
    .filter(([name, { items }]) => items.length > 0 && !NOT_OF_A_MODEL.has(name))
    .map(([name]) => name);
  for (const [name, items] of Object.entries(rankings))
    await models.putRanking(name, { generatedAt: now, items });
  for (const name of before)
    if (!Object.hasOwn(rankings, name)) await models.putRanking(name, { generatedAt: now, items: [] });
};
