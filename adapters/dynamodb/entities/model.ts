import { type Item, key, SETTINGS } from '../keys.ts';
import type { ModelInService } from '../store-types.ts';

export const modelKey = key(SETTINGS, 'MODEL');

export const modelToItem = (model: ModelInService): Item => ({
  ...modelKey,
  EntityType: 'Model',
  v: 1,
  ...model,
});

export const modelFromItem = ({ PK, SK, EntityType, v, ...model }: Item): ModelInService =>
  model as unknown as ModelInService;
