import { applyChanges, type Catalogue, catalogueOf, emptyCatalogue } from './catalogue.ts';
import type { CatalogChange, CatalogSnapshots, CatalogStore } from './ports.ts';

/** Changes are asked for from this long before the last reading: an index may lag, writes take time, clocks differ. */
const OVERLAP_MS = 60_000;

export type HeldCatalogue = {
  readonly version: number;
  readonly catalogue: Catalogue;
  /** When changes were read the last time, ms since the epoch; 0 when never. */
  readonly readAt: number;
  /** Reads that still ask for changes although the version stands: the index is eventually consistent. */
  readonly rechecks: number;
};

const RECHECKS = 2;

export type CataloguePorts = { readonly catalog: CatalogStore; readonly snapshots: CatalogSnapshots };

export const noCatalogue = (): HeldCatalogue => ({
  version: -1,
  catalogue: emptyCatalogue(),
  readAt: 0,
  rechecks: 0,
});

const isNew = ({ version }: HeldCatalogue): boolean => version < 0;

/** Where a process starts that holds nothing: at the last snapshot, or at nothing where there is none that can be read. */
const startingPoint = async (snapshots: CatalogSnapshots): Promise<HeldCatalogue> => {
  const snapshot = await snapshots.get().catch(() => undefined);
  if (!snapshot) return noCatalogue();
  const items = new Map(snapshot.items.map((item) => [item.itemId, item]));
  return { ...noCatalogue(), catalogue: catalogueOf(items, snapshot.changedAt), readAt: snapshot.takenAt };
};

const since = (readAt: number): string => (readAt === 0 ? '' : new Date(readAt - OVERLAP_MS).toISOString());

/**
 * Brings a held catalogue up to date: one small read where nothing changed, the changes of every type otherwise. The
 * first call starts from the last snapshot; without one it reads the whole catalogue item by item. `now` in ms.
 */
export const loadCatalogue = async (
  { catalog, snapshots }: CataloguePorts,
  held: HeldCatalogue,
  now: number,
): Promise<HeldCatalogue> => {
  const [{ version, types }, before] = await Promise.all([
    catalog.head(),
    isNew(held) ? startingPoint(snapshots) : held,
  ]);
  const moved = version !== held.version;
  if (!moved && held.rechecks === 0) return held;
  const from = since(before.readAt);
  const changes = await Promise.all(types.map((type) => allOf(catalog.changedSince(type, from))));
  const rechecks = moved ? RECHECKS : held.rechecks - 1;
  return { version, catalogue: applyChanges(before.catalogue, changes.flat()), readAt: now, rechecks };
};

const allOf = async (changes: AsyncIterable<CatalogChange>): Promise<CatalogChange[]> => {
  const all: CatalogChange[] = [];
  for await (const change of changes) all.push(change);
  return all;
};
