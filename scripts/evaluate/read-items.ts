import type { CatalogItem } from '../../core/catalog/types.ts';
import { itemOfRow } from '../import/item-of-row.ts';
import { BadInput, makeSkipped, type Skipped, skip } from './bad-input.ts';
import { eachLine } from './lines.ts';

export type Items = { catalog: CatalogItem[]; skipped: Skipped };

const LISTS = { tags: [], topics: [], genres: [], skills: [], updatedAt: '' };

/** Reads a catalogue of JSON lines: the item's id as `item` or `itemId`, and any of the catalogue's fields. */
export function readItems(file: string): Items {
  const catalog: CatalogItem[] = [];
  const skipped = makeSkipped();
  eachLine(file, (buffer, start, end, line) => {
    const text = buffer.toString('utf8', start, end);
    if (text.trim() === '') return;
    const values = objectIn(text);
    if (values === undefined) return skip(skipped, line, 'is not a JSON object');
    const mapped = itemOfRow({ title: ' ', ...values }, '');
    if ('fault' in mapped) return skip(skipped, line, mapped.fault);
    catalog.push(Object.assign({ ...LISTS }, mapped.item as Omit<CatalogItem, keyof typeof LISTS>));
  });
  if (catalog.length === 0) throw new BadInput(`${file} has no item that can be used`);
  return { catalog, skipped };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
