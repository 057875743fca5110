import type { UserModels } from '../../../core/learn/users/types.ts';
import { type Item, key, SETTINGS } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

export const userModelsKey = key(SETTINGS, 'USER_MODELS');

export const userModelsToItem = (models: UserModels): Item => ({
  ...userModelsKey,
  EntityType: 'UserModels',
  v: 1,
  version: models.version,
  body: packJson(models),
});

export const userModelsFromItem = (item: Item): UserModels => unpackJson<UserModels>(item.body);
