import { type ContentModel, contentModel } from '../learn/lists/content-model.ts';
import type { CatalogChange } from './ports.ts';
import type { CatalogItem } from './types.ts';

/** The catalogue as serving holds it in memory; a value, replaced as a whole when something changed. */
export type Catalogue = {
  readonly items: ReadonlyMap<string, CatalogItem>;
  /** Item ids by publication (else by last change), newest first. */
  readonly newest: readonly string[];
  /** ISO time of the newest change that is contained; empty when there is none. */
  readonly changedAt: string;
  /**
   * TF-IDF model for matching words, made at the first call: over the whole of a small catalogue, over `preferred` and
   * the newest items of a large one, since it is built while somebody waits.
   */
  readonly content: (preferred: readonly string[]) => ContentModel;
};

const NEWEST_KEPT = 500;
/** Building the model takes about 0.1 ms an item. */
const MATCHED_ITEMS = 5_000;

/** Times are ISO 8601: their order is that of their text, and code units compare faster than words. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const freshness = (item: CatalogItem): string => item.publishedAt ?? item.updatedAt;

const headOf = (
  items: ReadonlyMap<string, CatalogItem>,
  newest: readonly string[],
  preferred: readonly string[],
) => {
  if (items.size <= MATCHED_ITEMS) return [...items.values()];
  const head = new Set([...preferred.slice(0, MATCHED_ITEMS - NEWEST_KEPT), ...newest]);
  return [...head].map((itemId) => items.get(itemId)).filter((item) => item !== undefined);
};

/** The catalogue of these items; `changedAt` is the ISO time of the newest change among them. */
export const catalogueOf = (items: ReadonlyMap<string, CatalogItem>, changedAt: string): Catalogue => {
  let model: ContentModel | undefined;
  const newest = [...items.values()]
    .sort((a, b) => byText(freshness(b), freshness(a)) || byText(a.itemId, b.itemId))
    .slice(0, NEWEST_KEPT)
    .map(({ itemId }) => itemId);
  return {
    items,
    changedAt,
    newest,
    content: (preferred) => {
      model ??= contentModel(headOf(items, newest, preferred));
      return model;
    },
  };
};

export const emptyCatalogue = (): Catalogue => catalogueOf(new Map(), '');

/** A deletion in the moment of the last change came after it: only what is there is deleted. */
const isOlder = (change: CatalogChange, known: CatalogItem): boolean =>
  change.deleted ? change.updatedAt < known.updatedAt : change.updatedAt <= known.updatedAt;

/** The catalogue after some changes, in whatever order they are read: the later change of an item wins. */
export const applyChanges = (catalogue: Catalogue, changes: readonly CatalogChange[]): Catalogue => {
  const items = new Map(catalogue.items);
  let { changedAt } = catalogue;
  let moved = false;
  for (const change of [...changes].sort((a, b) => byText(a.updatedAt, b.updatedAt))) {
    const known = items.get(change.itemId);
    if (change.updatedAt > changedAt) changedAt = change.updatedAt;
    if (known && isOlder(change, known)) continue;
    if (change.deleted) moved = items.delete(change.itemId) || moved;
    else {
      items.set(change.itemId, change.item);
      moved = true;
    }
  }
  return moved ? catalogueOf(items, changedAt) : { ...catalogue, changedAt };
};
