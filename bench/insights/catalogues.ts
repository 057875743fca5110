import { readFileSync } from 'node:fs';
import type { CatalogItem } from '../../core/catalog/types.ts';

const folder = new URL('../../domains/', import.meta.url);
const kept = new Map<string, readonly CatalogItem[]>();

/** The catalogue of a domain as it lies in its folder. */
export const itemsOf = (domain: string): readonly CatalogItem[] => {
  const before = kept.get(domain);
  if (before) return before;
  const written = JSON.parse(
    readFileSync(new URL(`${domain}/catalog.json`, folder), 'utf8'),
  ) as CatalogItem[];
  const lists = { tags: [], topics: [], genres: [], skills: [], attributes: {} };
  const items = written.map((item) => ({ ...lists, ...item, updatedAt: '2026-11-01T00:00:00.000Z' }));
  kept.set(domain, items);
  return items;
};
