import type { ModelCard } from '../../../core/models/model-card.ts';
import type { CardPosition } from '../../../core/models/ports.ts';
import { type Item, key, MODELS, ttlSeconds } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

/** As long as the models' objects are kept. */
const KEPT_MS = 180 * 24 * 3_600_000;

export const CARD_SORT = 'CARD#';

/** Sorts by the start of the run. */
export const cardKey = ({ startedAt, runId }: CardPosition) =>
  key(MODELS, `${CARD_SORT}${new Date(startedAt).toISOString()}#${runId}`);

export const cardToItem = (card: ModelCard): Item => ({
  ...cardKey(card),
  EntityType: 'ModelCard',
  v: 1,
  decision: card.decision,
  reason: card.reason,
  version: card.version,
  ttl: ttlSeconds(card.startedAt + KEPT_MS),
  body: packJson(card),
});

export const cardFromItem = (item: Item): ModelCard => unpackJson<ModelCard>(item.body);
