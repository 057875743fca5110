import { type HeldCatalogue, loadCatalogue, noCatalogue } from '../../../core/catalog/load-catalogue.ts';
import { rememberedNeighbours } from '../../../core/recommend/serve/remembered-neighbours.ts';
import type { SharedData } from '../../../core/recommend/shared-data.ts';
import { switches } from '../environment.ts';
import { lazily, revalidated } from '../lazily.ts';
import { catalog, catalogSnapshots, models } from '../ports/table-ports.ts';

/** Shared data is at most this old: a changed catalogue or a promoted model is seen by every function within it. */
const TTL_MS = 5_000;

const catalogue = revalidated<HeldCatalogue>(
  (before) =>
    loadCatalogue({ catalog: catalog(), snapshots: catalogSnapshots() }, before ?? noCatalogue(), Date.now()),
  () => TTL_MS,
);

/** A model's rankings never change but for the hourly trend: they are read again every minute. */
const rankings = revalidated(
  () => models().allRankings(),
  () => 12 * TTL_MS,
);

const model = revalidated(
  () => models().getModel(),
  () => TTL_MS,
);

type Loads = Promise<[HeldCatalogue, SharedData['model'], SharedData['rankings']]>;

/** Without machine learning no model is in service: popularity, trends and what contents say remain. */
const gathered = async (loads: Loads): Promise<SharedData> => {
  const [held, inService, ranked] = await loads;
  return {
    catalogue: held.catalogue,
    model: switches().ml ? inService : undefined,
    rankings: ranked,
  };
};

/** Catalogue, model and rankings, kept in the process. */
export const sharedData = (): Promise<SharedData> => {
  const now = Date.now();
  return gathered(Promise.all([catalogue(now), model(now), rankings(now)]));
};

/** The same as it is now: what was promoted a moment ago is in it. */
export const freshSharedData = (): Promise<SharedData> => {
  const now = Date.now();
  return gathered(Promise.all([catalogue.fresh(now), model.fresh(now), rankings.fresh(now)]));
};

/** Items whose neighbour lists a process keeps, about 10 KB each. */
const NEIGHBOURS_KEPT = 2_000;

/** The store of models with the neighbour lists of many items in memory. */
export const keptNeighbours = lazily(() => rememberedNeighbours(models(), NEIGHBOURS_KEPT));
