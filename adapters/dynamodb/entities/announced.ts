import type { Announced } from '../../../core/experiments/announcements/types.ts';
import { type Item, key, ttlSeconds } from '../keys.ts';
import type { DefinitionPartition } from './definition.ts';

/** Beside the experiments themselves, so that one Query brings the notes of all. */
export const ANNOUNCED_PARTITION: DefinitionPartition = 'EXPERIMENTS';
export const ANNOUNCED_SORT = 'ANNOUNCED#';

/** As long as the deletion itself is remembered. */
const DELETED_KEPT_MS = 90 * 24 * 3_600_000;

export const announcedKey = (experimentId: string) =>
  key(ANNOUNCED_PARTITION, `${ANNOUNCED_SORT}${experimentId}`);

export const announcedIdOf = (item: Item): string => String(item.SK).slice(ANNOUNCED_SORT.length);

export const announcedToItem = (experimentId: string, announced: Announced, now: number): Item => ({
  ...announcedKey(experimentId),
  EntityType: 'ExperimentAnnounced',
  v: 1,
  ...announced,
  ...(announced.status === 'deleted' ? { ttl: ttlSeconds(now + DELETED_KEPT_MS) } : {}),
});

export const announcedFromItem = ({ version, status, key: name, verdict, rev }: Item): Announced => ({
  version: Number(version),
  status: status as Announced['status'],
  key: String(name),
  ...(verdict === undefined ? {} : { verdict: verdict as Announced['verdict'] }),
  rev: Number(rev),
});
