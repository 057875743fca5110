import type { ModelCard } from '../../../core/models/model-card.ts';
import type { CardPosition, KeptModel } from '../../../core/models/ports.ts';
import { slotOf } from '../../../core/models/versions.ts';
import { batchPut } from '../batches.ts';
import {
  KEPT_SORT,
  keptFromItems,
  keptKey,
  keptPartsPrefix,
  keptPartsToItems,
  keptToItem,
} from '../entities/kept-model.ts';
import { modelToItem } from '../entities/model.ts';
import { CARD_SORT, cardFromItem, cardKey, cardToItem } from '../entities/model-card.ts';
import { isLive, MODELS } from '../keys.ts';
import { getItem, queryAll, queryItems } from '../read-items.ts';
import type { ModelInService } from '../store-types.ts';
import { deleteItem, putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const BEGINS = 'PK = :models AND begins_with(SK, :prefix)';

export const putModelCard = accessPattern(
  {
    name: 'putModelCard',
    question: 'Keep the card of this run for 180 days',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = MODELS, SK = CARD#<start of the run>#<runId>',
    consistency: '-',
    guard: '- (a repeated run replaces its card)',
  },
  async (call, card: ModelCard): Promise<void> => {
    await putItem(call, cardToItem(card));
  },
);

export const readModelCard = accessPattern(
  {
    name: 'readModelCard',
    question: 'What is the card of this run?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = MODELS, SK = CARD#<start of the run>#<runId>',
    consistency: 'strong',
    guard: '-',
  },
  async (call, at: CardPosition): Promise<ModelCard | undefined> => {
    const item = await getItem(call, cardKey(at), true);
    return item && cardFromItem(item);
  },
);

export const listModelCards = accessPattern(
  {
    name: 'listModelCards',
    question: 'Which models were trained, newest first?',
    operation: 'Query',
    index: 'table',
    key: 'PK = MODELS, SK begins with CARD#, newest first, a page of them',
    consistency: 'eventual',
    guard: 'expired cards are left out',
  },
  async (call, page: { limit: number; after?: CardPosition; now: number }): Promise<ModelCard[]> => {
    const cards: ModelCard[] = [];
    const query = {
      where: BEGINS,
      values: { ':models': MODELS, ':prefix': CARD_SORT },
      newestFirst: true,
      limit: page.limit,
      behind: page.after && cardKey(page.after),
    };
    for await (const item of queryItems(call, query)) {
      if (isLive(item, page.now)) cards.push(cardFromItem(item));
      if (cards.length === page.limit) break;
    }
    return cards;
  },
);

export const keepModel = accessPattern(
  {
    name: 'keepModel',
    question: 'Keep what this model was served with, so that it can be put back',
    operation: 'BatchWriteItem',
    index: 'table',
    key: 'PK = MODELS, SK = PART#<version mod 3>#..., then KEPT#<version mod 3>',
    consistency: '-',
    guard: '- (the head is written last)',
  },
  async (call, kept: KeptModel): Promise<void> => {
    await batchPut(call, keptPartsToItems(kept));
    await putItem(call, keptToItem(kept));
  },
);

export const listKeptVersions = accessPattern(
  {
    name: 'listKeptVersions',
    question: 'Which versions can be put back in service?',
    operation: 'Query',
    index: 'table',
    key: 'PK = MODELS, SK begins with KEPT#: 3 at most',
    consistency: 'strong',
    guard: '-',
  },
  async (call): Promise<{ version: number; slot: number }[]> => {
    const values = { ':models': MODELS, ':prefix': KEPT_SORT };
    const items = await queryAll(call, { where: BEGINS, values, consistent: true });
    return items
      .map(({ version }) => ({ version: Number(version), slot: slotOf(Number(version)) }))
      .sort((a, b) => b.version - a.version);
  },
);

export const readKeptModel = accessPattern(
  {
    name: 'readKeptModel',
    question: 'What was this version served with?',
    operation: 'Query',
    index: 'table',
    key: 'PK = MODELS, SK = KEPT#<version mod 3>, then SK begins with PART#<version mod 3>#',
    consistency: 'strong',
    guard: 'parts of another version in the same slot are left out',
  },
  async (call, version: number): Promise<KeptModel | undefined> => {
    const head = await getItem(call, keptKey(slotOf(version)), true);
    if (!head || head.version !== version) return undefined;
    const values = { ':models': MODELS, ':prefix': keptPartsPrefix(slotOf(version)) };
    return keptFromItems(head, await queryAll(call, { where: BEGINS, values, consistent: true }));
  },
);

export const forgetKeptModel = accessPattern(
  {
    name: 'forgetKeptModel',
    question: 'Forget the version in this slot: its lists are about to be overwritten',
    operation: 'DeleteItem',
    index: 'table',
    key: 'PK = MODELS, SK = KEPT#<slot>',
    consistency: '-',
    guard: '-',
  },
  async (call, slot: number): Promise<void> => {
    await deleteItem(call, keptKey(slot));
  },
);

export const restoreModel = accessPattern(
  {
    name: 'restoreModel',
    question: 'Put this earlier model back into service',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = MODEL',
    consistency: '-',
    guard: 'the one in service is still the one that was seen',
  },
  (call, model: ModelInService, instead: number): Promise<boolean> =>
    putItem(call, modelToItem(model), {
      expression: '#version = :instead',
      names: { '#version': 'version' },
      values: { ':instead': instead },
    }),
);
