import { type GenerationMemory, noGenerations } from '../../../core/generation/types.ts';
import { type Item, key, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

export const GENERATIONS_SORT = 'GENERATIONS';

export const generationsKey = (userId: string) => key(userPartition(userId), GENERATIONS_SORT);

type Body = Pick<GenerationMemory, 'tallies' | 'generations'>;

export const generationsToItem = (
  userId: string,
  { tallies, generations }: GenerationMemory,
  version: number,
): Item => ({
  ...generationsKey(userId),
  EntityType: 'Generations',
  v: 1,
  version,
  body: packJson({ tallies, generations } satisfies Body),
});

export const generationsFromItem = (item: Item | undefined): GenerationMemory =>
  item ? { version: Number(item.version), ...unpackJson<Body>(item.body) } : noGenerations;
