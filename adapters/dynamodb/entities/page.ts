import type { JournalPage } from '../../../core/journal/ports.ts';
import { PAGE_DICTIONARY } from '../dictionaries.ts';
import { type Item, key, ttlSeconds, userOf, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import { type PackedInteraction, packInteraction, unpackInteraction } from './packed-interaction.ts';

const PAGE_SORT = 'INTERACTIONS#';

/** `INTERACTIONS#0000000042`: sorts by number. */
export const pageSort = (seq: number): string => `${PAGE_SORT}${String(seq).padStart(10, '0')}`;

export const pageKey = (userId: string, seq: number) => key(userPartition(userId), pageSort(seq));

export const pageToItem = (userId: string, page: JournalPage, expiresAt: number): Item => {
  const times = page.interactions.map(({ occurredAt }) => occurredAt);
  return {
    ...pageKey(userId, page.seq),
    EntityType: 'Interactions',
    v: 1,
    count: page.interactions.length,
    receivedAt: page.recordedAt,
    newestAt: times.reduce((newest, at) => Math.max(newest, at), 0),
    oldestAt: times.reduce((oldest, at) => Math.min(oldest, at), Number.MAX_SAFE_INTEGER),
    newestBefore: page.newestBefore,
    ttl: ttlSeconds(expiresAt),
    body: packJson(
      page.interactions.map((interaction) => packInteraction(interaction, page.recordedAt)),
      PAGE_DICTIONARY,
    ),
  };
};

export const pageFromItem = (item: Item): JournalPage => {
  const userId = userOf(item);
  const recordedAt = Number(item.receivedAt);
  return {
    seq: Number(String(item.SK).slice(PAGE_SORT.length)),
    recordedAt,
    newestBefore: Number(item.newestBefore),
    interactions: unpackJson<PackedInteraction[]>(item.body, PAGE_DICTIONARY).map((packed) =>
      unpackInteraction(packed, userId, recordedAt),
    ),
  };
};
