import type { KeptPage } from '../../../core/homepage/types.ts';
import { batchPutStream } from '../batches.ts';
import {
  homepageFromItem,
  homepageKey,
  homepagesPartition,
  homepageToItem,
  sharedHomepageToItem,
  sharedNameOf,
} from '../entities/homepage.ts';
import { type Item, isLive } from '../keys.ts';
import { getItem, queryAll } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const KEY = 'PK = USER#<userId>, SK = HOMEPAGE';
const SHARED_KEY = 'PK = HOMEPAGE#<domain>, SK = PAGE#<everybody or segment>';

export type HomepageRow = { readonly userId: string; readonly page: KeptPage };

function* homepageItems(rows: Iterable<HomepageRow>): Generator<Item> {
  for (const { userId, page } of rows) yield homepageToItem(userId, page);
}

export const readHomepage = accessPattern(
  {
    name: 'readHomepage',
    question: 'Which homepage was made for this user?',
    operation: 'GetItem',
    index: 'table',
    key: KEY,
    consistency: 'eventual',
    guard: 'an expired page is left out; profile version and behaviour seq tell whether it is stale',
  },
  async (call, userId: string, now: number): Promise<KeptPage | undefined> => {
    const item = await getItem(call, homepageKey(userId), false);
    return item && isLive(item, now) ? homepageFromItem(item) : undefined;
  },
);

export const putHomepage = accessPattern(
  {
    name: 'putHomepage',
    question: 'Keep the homepage that was made for this user',
    operation: 'PutItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: '- (profile version and behaviour seq tell whether it is stale)',
  },
  async (call, userId: string, page: KeptPage): Promise<void> => {
    await putItem(call, homepageToItem(userId, page));
  },
);

export const publishHomepages = accessPattern(
  {
    name: 'publishHomepages',
    question: 'Keep the homepages that the night made for these users',
    operation: 'BatchWriteItem',
    index: 'table',
    key: `${KEY}, 25 per request`,
    consistency: '-',
    guard: '- (profile version and behaviour seq tell whether it is stale)',
  },
  (call, rows: Iterable<HomepageRow>): Promise<number> => batchPutStream(call, homepageItems(rows)),
);

export const readSharedHomepages = accessPattern(
  {
    name: 'readSharedHomepages',
    question: 'Which homepages are those of everybody and of each segment?',
    operation: 'Query',
    index: 'table',
    key: SHARED_KEY,
    consistency: 'eventual',
    guard: 'an expired page is left out',
  },
  async (call, domain: string, now: number): Promise<Map<string, KeptPage>> => {
    const values = { ':domain': homepagesPartition(domain) };
    const items = await queryAll(call, { where: 'PK = :domain', values, consistent: false });
    const live = items.filter((item) => isLive(item, now));
    return new Map(live.map((item) => [sharedNameOf(item), homepageFromItem(item)]));
  },
);

export const publishSharedHomepages = accessPattern(
  {
    name: 'publishSharedHomepages',
    question: 'Keep the homepages for everybody and for each segment',
    operation: 'BatchWriteItem',
    index: 'table',
    key: `${SHARED_KEY}, 25 per request`,
    consistency: '-',
    guard: '-',
  },
  (call, domain: string, pages: ReadonlyMap<string, KeptPage>): Promise<number> =>
    batchPutStream(
      call,
      [...pages].map(([name, page]) => sharedHomepageToItem(domain, name, page)),
    ),
);
