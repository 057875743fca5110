import { type FieldError, Invalid, NotFound } from '../errors.ts';
import type { CatalogPage, CatalogStore } from './ports.ts';
import type { CatalogItem } from './types.ts';

/** An item as it is brought: without the time of its change. */
export type CatalogInput = Omit<CatalogItem, 'updatedAt'>;

/** One element of a bulk call after its schema: the item, or what is wrong with it. */
export type CheckedItem =
  | { readonly input: CatalogInput; readonly errors?: undefined }
  | { readonly input?: undefined; readonly errors: readonly FieldError[]; readonly itemId?: string };

export type BulkAnswer = {
  accepted: number;
  rejected: { index: number; itemId?: string; errors: FieldError[] }[];
};

/** Of one item as JSON in UTF-8: a page of 100 of them fits the 6 MB that a Lambda may answer. */
const MOST_BYTES = 50_000;

const encoder = new TextEncoder();

/** What is wrong with an item beyond its shape. */
export const rulesBroken = (input: CatalogInput): FieldError[] => {
  const errors: FieldError[] = [];
  if (encoder.encode(JSON.stringify(input)).length > MOST_BYTES) {
    errors.push({ path: 'item', message: `must be at most ${MOST_BYTES} bytes of JSON in all` });
  }
  const { budget, publishedAt, expiresAt } = input;
  if (budget?.min !== undefined && budget.max !== undefined && budget.min > budget.max) {
    errors.push({ path: 'budget.max', message: 'must not be below budget.min' });
  }
  if (publishedAt && expiresAt && Date.parse(expiresAt) <= Date.parse(publishedAt)) {
    errors.push({ path: 'expiresAt', message: 'must be after publishedAt' });
  }
  return errors;
};

const utc = (time: string): string => new Date(time).toISOString();

/** Times in UTC, so that they compare as text. */
const asItem = (input: CatalogInput, now: number): CatalogItem => ({
  ...input,
  ...(input.publishedAt ? { publishedAt: utc(input.publishedAt) } : {}),
  ...(input.expiresAt ? { expiresAt: utc(input.expiresAt) } : {}),
  updatedAt: new Date(now).toISOString(),
});

/** Creates or replaces an item. Throws `Invalid` where its parts contradict each other or name another item. */
export const putItem = async (
  catalog: CatalogStore,
  { itemId, given }: { itemId: string; given: Omit<CatalogInput, 'itemId'> & { itemId?: string } },
  now: number,
): Promise<CatalogItem> => {
  const input = { ...given, itemId };
  const errors = rulesBroken(input);
  if (given.itemId !== undefined && given.itemId !== itemId) {
    errors.push({ path: 'itemId', message: 'is not the item of the path' });
  }
  if (errors.length > 0) throw new Invalid(errors);
  const item = await catalog.put(asItem(input, now));
  await catalog.bump([item.type]);
  return item;
};

/** Creates or replaces what is good of many items; of two with one id the later counts. */
export const putItems = async (
  catalog: CatalogStore,
  checked: readonly CheckedItem[],
  now: number,
): Promise<BulkAnswer> => {
  const items = new Map<string, CatalogItem>();
  const rejected: BulkAnswer['rejected'] = [];
  let accepted = 0;
  for (const [index, { input, errors, ...rest }] of checked.entries()) {
    const broken = errors ?? rulesBroken(input);
    const itemId = input?.itemId ?? (rest as { itemId?: string }).itemId;
    if (broken.length > 0 || !input) rejected.push({ index, itemId, errors: [...broken] });
    else {
      items.set(input.itemId, asItem(input, now));
      accepted += 1;
    }
  }
  if (items.size > 0) {
    await catalog.bulkPut([...items.values()]);
    await catalog.bump([...new Set([...items.values()].map(({ type }) => type))]);
  }
  return { accepted, rejected };
};

/** One item. Throws `NotFound`. */
export const getItem = async (catalog: CatalogStore, itemId: string, now: number): Promise<CatalogItem> => {
  const item = await catalog.get(itemId, now);
  if (!item) throw new NotFound(`There is no item "${itemId}"`);
  return item;
};

/** Takes an item out. Throws `NotFound` where there was none. */
export const deleteItem = async (catalog: CatalogStore, itemId: string, now: number): Promise<void> => {
  if (!(await catalog.delete(itemId, now))) throw new NotFound(`There is no item "${itemId}"`);
  await catalog.bump([]);
};

export type ListPosition = { readonly type: string; readonly after: string | null };

/**
 * Items of one type, last changed first, or of all types one after the other. `next` is null at the end.
 */
export const listItems = async (
  catalog: CatalogStore,
  query: { type?: string; limit: number; from?: ListPosition },
): Promise<{ items: CatalogItem[]; next: ListPosition | null }> => {
  const types = query.type ? [query.type] : [...(await catalog.head()).types].sort();
  const items: CatalogItem[] = [];
  let at = Math.max(0, query.from ? types.indexOf(query.from.type) : 0);
  let after = query.from?.after ?? undefined;
  for (; at < types.length; at += 1) {
    const type = types[at]!;
    const page: CatalogPage = await catalog.listByType({ type, limit: query.limit - items.length, after });
    items.push(...page.items);
    after = page.after ?? undefined;
    if (after !== undefined) return { items, next: { type, after } };
    if (items.length >= query.limit) break;
  }
  const following = types[at + 1];
  return { items, next: following ? { type: following, after: null } : null };
};
