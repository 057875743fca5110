import type { CatalogItem } from './types.ts';

export type CatalogHead = { readonly version: number; readonly types: readonly string[] };

export type CatalogPage = { readonly items: CatalogItem[]; readonly after: string | null };

export type CatalogChange =
  | {
      readonly itemId: string;
      readonly updatedAt: string;
      readonly item: CatalogItem;
      readonly deleted: false;
    }
  | { readonly itemId: string; readonly updatedAt: string; readonly deleted: true };

/** The whole catalogue at one moment. */
export type CatalogSnapshot = {
  /** Before the items were read, ms since the epoch: a reader asks for what changed since. */
  readonly takenAt: number;
  /** ISO time of the newest change that is contained; empty when there is none. */
  readonly changedAt: string;
  readonly items: readonly CatalogItem[];
};

/** Snapshots of the catalogue: a fresh process starts from the last one and reads only what changed since. */
export type CatalogSnapshots = {
  put(snapshot: CatalogSnapshot): Promise<void>;
  /** The newest one of the last 7 days, whole or not at all: deletions that it does not know of can still be read. */
  get(): Promise<CatalogSnapshot | undefined>;
};

export type CatalogStore = {
  /**
   * Stores an item, whatever was there. Answers it as stored: its time of change is moved behind that of what it replaces, where clocks
   * disagree, since readers of changes take the later one.
   */
  put(item: CatalogItem): Promise<CatalogItem>;
  /**
   * Replaces topics, tags and attributes of an item that did not change since it was read. Answers whether it did; false, too, where the
   * item is gone.
   */
  redescribe(before: CatalogItem, after: CatalogItem): Promise<boolean>;
  get(itemId: string, now: number): Promise<CatalogItem | undefined>;
  /** In any order, without those that do not exist; eventually consistent. */
  getMany(itemIds: readonly string[], now: number): Promise<CatalogItem[]>;
  /** Leaves a tombstone for 30 days. Answers whether there was an item. */
  delete(itemId: string, now: number): Promise<boolean>;
  bulkPut(items: readonly CatalogItem[]): Promise<void>;
  /** Last changed first. `after` continues a list: it is the `after` of the page before. */
  listByType(query: { type: string; limit: number; after?: string }): Promise<CatalogPage>;
  /** Every item of a type, oldest change first, page by page. */
  listAll(type: string): AsyncIterable<CatalogItem>;
  /**
   * What changed at or after an ISO time, deletions included, oldest change first. The index lags behind by up to a
   * second or so: ask with an overlap of a minute.
   */
  changedSince(type: string, since: string): AsyncIterable<CatalogChange>;
  /** Version (0: nothing was ever stored) and all types; one item. */
  head(): Promise<CatalogHead>;
  /** Raises the version and notes the types; call it once after a change. Answers the new version. */
  bump(types: readonly string[]): Promise<number>;
};
