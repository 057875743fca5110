import { applyChanges, type Catalogue, emptyCatalogue } from './catalogue.ts';
import type { CatalogChange, CatalogStore } from './ports.ts';

/** Changes are asked for from this long before the newest one known: an index may lag, clocks may differ. */
const OVERLAP_MS = 60_000;

export type HeldCatalogue = {
  readonly version: number;
  readonly catalogue: Catalogue;
  /** Reads that still ask for changes although the version stands: the index is eventually consistent. */
  readonly rechecks: number;
};

const RECHECKS = 2;

export const noCatalogue = (): HeldCatalogue => ({ version: -1, catalogue: emptyCatalogue(), rechecks: 0 });

const since = ({ changedAt }: Catalogue): string =>
  changedAt === '' ? '' : new Date(Date.parse(changedAt) - OVERLAP_MS).toISOString();

/**
 * Brings a held catalogue up to date: one small read where nothing changed, the changes of every type otherwise, the
 * whole catalogue at the first call.
 */
export const loadCatalogue = async (store: CatalogStore, held: HeldCatalogue): Promise<HeldCatalogue> => {
  const { version, types } = await store.head();
  const moved = version !== held.version;
  if (!moved && held.rechecks === 0) return held;
  const from = since(held.catalogue);
  const changes = await Promise.all(types.map((type) => allOf(store.changedSince(type, from))));
  const rechecks = moved ? RECHECKS : held.rechecks - 1;
  return { version, catalogue: applyChanges(held.catalogue, changes.flat()), rechecks };
};

const allOf = async (changes: AsyncIterable<CatalogChange>): Promise<CatalogChange[]> => {
  const all: CatalogChange[] = [];
  for await (const change of changes) all.push(change);
  return all;
};
