import { type Item, key, SETTINGS } from '../keys.ts';
import type { CatalogHead } from '../store-types.ts';

export const catalogHeadKey = key(SETTINGS, 'CATALOG');

export const catalogHeadFromItem = (item: Item | undefined): CatalogHead => ({
  version: Number(item?.version ?? 0),
  types: item?.types instanceof Set ? [...(item.types as Set<string>)].sort() : [],
});
