import type { CatalogStore } from '../../catalog/ports.ts';
import type { CatalogItem } from '../../catalog/types.ts';
import { type DeclaredFeatures, declaredFeatures, FEATURE_TYPE, MOST_FEATURES } from './declared-features.ts';

/** Reads the features that the catalogue declares, as many as are looked at. `now` in ms. */
export const loadFeatures = async (
  catalog: Pick<CatalogStore, 'listAll'>,
  now: number,
): Promise<DeclaredFeatures> => {
  const items: CatalogItem[] = [];
  for await (const item of catalog.listAll(FEATURE_TYPE)) {
    if (items.push(item) >= MOST_FEATURES) break;
  }
  return declaredFeatures(items, now);
};
