import type { UserModels } from '../../../core/learn/users/types.ts';
import type { KeptModel } from '../../../core/models/ports.ts';
import { slotOf } from '../../../core/models/versions.ts';
import { type Item, key, MODELS } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import type { ModelInService, Ranking } from '../store-types.ts';
import { RANKING_SORT, rankingsFromItems, rankingToItems } from './ranking.ts';

/** One small item for each version that is kept; written after its parts. */
export const KEPT_SORT = 'KEPT#';

export const keptKey = (slot: number) => key(MODELS, `${KEPT_SORT}${slot}`);

/** Its parts: rankings and user models. */
export const keptPartsPrefix = (slot: number): string => `PART#${slot}#`;

const USERS = 'USERS';

export const keptToItem = ({ model }: KeptModel): Item => ({
  ...keptKey(slotOf(model.version)),
  EntityType: 'KeptModel',
  v: 1,
  version: model.version,
  body: packJson(model),
});

export const keptModelFromItem = (item: Item): ModelInService => unpackJson<ModelInService>(item.body);

const part = (item: Item, { version }: ModelInService, sort: string): Item => ({
  ...item,
  ...key(MODELS, `${keptPartsPrefix(slotOf(version))}${sort}`),
  modelVersion: version,
});

export const keptPartsToItems = ({ model, rankings, userModels }: KeptModel): Item[] => {
  const chunks = Object.entries(rankings)
    .flatMap(([name, ranking]) => rankingToItems(name, ranking))
    .map((item) => part(item, model, String(item.SK)));
  if (!userModels) return chunks;
  return [...chunks, part({ EntityType: 'UserModels', v: 1, body: packJson(userModels) }, model, USERS)];
};

/** Parts of another version, left over in the slot, are left out. */
export const keptFromItems = (head: Item, parts: readonly Item[]): KeptModel => {
  const model = keptModelFromItem(head);
  const prefix = keptPartsPrefix(slotOf(model.version));
  const own = parts
    .filter(({ modelVersion }) => modelVersion === model.version)
    .map((item): Item => ({ ...item, SK: String(item.SK).slice(prefix.length) }));
  const rankings: Record<string, Ranking> = Object.fromEntries(
    rankingsFromItems(own.filter(({ SK }) => String(SK).startsWith(RANKING_SORT))),
  );
  const users = own.find(({ SK }) => SK === USERS);
  return { model, rankings, ...(users && { userModels: unpackJson<UserModels>(users.body) }) };
};
