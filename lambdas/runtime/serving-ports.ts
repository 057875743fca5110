import { type HeldCatalogue, loadCatalogue, noCatalogue } from '../../core/catalog/load-catalogue.ts';
import type { ServingPorts } from '../../core/recommend/decide.ts';
import type { SharedData } from '../../core/recommend/shared-data.ts';
import { lazily, revalidated } from './lazily.ts';
import { catalog, decisions, models, users } from './table-ports.ts';
import { logger } from './telemetry.ts';

/** Shared data is at most this old: a changed catalogue or a promoted model is seen by every function within it. */
const TTL_MS = 5_000;

const catalogue = revalidated<HeldCatalogue>(
  (before) => loadCatalogue(catalog(), before ?? noCatalogue()),
  () => TTL_MS,
);

/** A model's rankings never change but for the hourly trend: they are read again with each new model or minute. */
const rankings = revalidated(
  () => models().allRankings(),
  () => 12 * TTL_MS,
);

const model = revalidated(
  () => models().getModel(),
  () => TTL_MS,
);

/** Catalogue, model and rankings, kept in the process. */
export const sharedData = async (): Promise<SharedData> => {
  const now = Date.now();
  const [held, inService, ranked] = await Promise.all([catalogue(now), model(now), rankings(now)]);
  return { catalogue: held.catalogue, model: inService, rankings: ranked };
};

/** What answering recommendations needs. */
export const serving = lazily(
  (): ServingPorts => ({
    users: users(),
    models: models(),
    decisions: decisions(),
    shared: sharedData,
    traceLost: (error) => logger.warn('decision trace lost', { error: error as Error }),
  }),
);
