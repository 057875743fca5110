import type { CardPosition, ModelRegistry } from '../../../core/models/ports.ts';
import * as registry from '../access-patterns/model-registry.ts';
import type { Database } from '../database.ts';

const cardsOf = async (database: Database, page: { limit: number; after?: CardPosition; now: number }) => {
  const found = await registry.listModelCards(database, { ...page, limit: page.limit + 1 });
  const cards = found.slice(0, page.limit);
  const last = cards.at(-1);
  const hasMore = found.length > page.limit && last !== undefined;
  return { cards, next: hasMore ? { startedAt: last.startedAt, runId: last.runId } : null };
};

/** Model cards, and the last versions that can be put back in service. */
export const modelRegistryStore = (database: Database): ModelRegistry => ({
  putCard: (card) => registry.putModelCard(database, card),
  getCard: (at) => registry.readModelCard(database, at),
  cards: (page) => cardsOf(database, page),
  keep: (kept) => registry.keepModel(database, kept),
  keptVersions: () => registry.listKeptVersions(database),
  getKept: (version) => registry.readKeptModel(database, version),
  forget: (slot) => registry.forgetKeptModel(database, slot),
  restore: (model, instead) => registry.restoreModel(database, model, instead),
});
