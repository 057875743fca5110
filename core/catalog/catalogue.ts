import { type ContentModel, contentModel } from '../learn/content-model.ts';
import type { CatalogChange } from './ports.ts';
import type { CatalogItem } from './types.ts';

/** The catalogue as serving holds it in memory; a value, replaced as a whole when something changed. */
export type Catalogue = {
  readonly items: ReadonlyMap<string, CatalogItem>;
  /** Item ids by publication (else by last change), newest first. */
  readonly newest: readonly string[];
  /** ISO time of the newest change that is contained; empty when there is none. */
  readonly changedAt: string;
  /** TF-IDF model over the items, made at the first call. */
  readonly content: () => ContentModel;
};

const NEWEST_KEPT = 500;

const freshness = (item: CatalogItem): string => item.publishedAt ?? item.updatedAt;

const catalogueOf = (items: ReadonlyMap<string, CatalogItem>, changedAt: string): Catalogue => {
  let model: ContentModel | undefined;
  return {
    items,
    changedAt,
    newest: [...items.values()]
      .sort((a, b) => freshness(b).localeCompare(freshness(a)) || a.itemId.localeCompare(b.itemId))
      .slice(0, NEWEST_KEPT)
      .map(({ itemId }) => itemId),
    content: () => {
      model ??= contentModel([...items.values()]);
      return model;
    },
  };
};

export const emptyCatalogue = (): Catalogue => catalogueOf(new Map(), '');

/** The catalogue after some changes, in whatever order they are read: the later change of an item wins. */
export const applyChanges = (catalogue: Catalogue, changes: readonly CatalogChange[]): Catalogue => {
  const items = new Map(catalogue.items);
  let { changedAt } = catalogue;
  let moved = false;
  for (const change of [...changes].sort((a, b) => a.updatedAt.localeCompare(b.updatedAt))) {
    const known = items.get(change.itemId);
    if (change.updatedAt > changedAt) changedAt = change.updatedAt;
    if (known && known.updatedAt >= change.updatedAt && !change.deleted) continue;
    if (change.deleted) moved = items.delete(change.itemId) || moved;
    else {
      items.set(change.itemId, change.item);
      moved = true;
    }
  }
  return moved ? catalogueOf(items, changedAt) : { ...catalogue, changedAt };
};
