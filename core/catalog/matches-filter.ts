import type { CatalogFilter, CatalogItem, Scalar } from './types.ts';

/**
 * Whether an item passes a filter. Types: one of them; tags: any of them; attributes: every named one equals the value
 * or one of the values given, where an item's own list matches by any of its members. An empty list asks for nothing.
 */
export function matchesFilter(item: CatalogItem, filter: CatalogFilter): boolean {
  return (
    isAmong(item.type, filter.types) &&
    sharesOne(item.tags, filter.tags) &&
    matchesAttributes(item.attributes, filter.attributes)
  );
}

/** Whether the item's time is over; an `expiresAt` that is no date never expires. */
export function isExpired(item: CatalogItem, now: number): boolean {
  return item.expiresAt !== undefined && Date.parse(item.expiresAt) <= now;
}

function isAmong(type: string, types: readonly string[] | undefined): boolean {
  return types === undefined || types.length === 0 || types.includes(type);
}

function sharesOne(own: readonly string[], wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some((tag) => own.includes(tag));
}

function matchesAttributes(
  own: Readonly<Record<string, unknown>>,
  wanted: CatalogFilter['attributes'],
): boolean {
  if (wanted === undefined) return true;
  for (const [name, value] of Object.entries(wanted)) {
    if (isList(value) && value.length === 0) continue;
    if (!Object.hasOwn(own, name) || !matchesValue(own[name], value)) return false;
  }
  return true;
}

function matchesValue(own: unknown, wanted: Scalar | readonly Scalar[]): boolean {
  if (isList(wanted)) return wanted.some((one) => matchesValue(own, one));
  return Array.isArray(own) ? own.includes(wanted) : own === wanted;
}

function isList(value: Scalar | readonly Scalar[]): value is readonly Scalar[] {
  return Array.isArray(value);
}
