import { timeText } from '../../../core/decisions/decision-id.ts';
import type { Update } from '../../../core/updates/ports.ts';
import { type Item, key, ttlSeconds, userPartition } from '../keys.ts';

const UPDATE_SORT = 'UPDATE#';

/** Behind every update. */
export const UPDATE_END = `${UPDATE_SORT}~`;

export const UPDATES_KEPT_MS = 7 * 24 * 3_600_000;

/** Before the first update of this millisecond, and behind the last one of the millisecond before. */
export const updateSortAt = (ms: number): string => `${UPDATE_SORT}${timeText(Math.max(0, ms))}`;

/** The time of a ULID is that of its making: the key has the time of the update in its place, by which updates are asked for. */
const sortOf = ({ id, at }: Update): string => `${updateSortAt(at)}${id.slice(timeText(0).length)}`;

export const updateToItem = (userId: string, update: Update): Item => ({
  ...key(userPartition(userId), sortOf(update)),
  EntityType: 'Update',
  v: 1,
  ...update,
  ttl: ttlSeconds(update.at + UPDATES_KEPT_MS),
});

export const updateFromItem = (item: Item): Update => ({
  id: String(item.id),
  kind: String(item.kind) as Update['kind'],
  at: Number(item.at),
  about: String(item.about),
  title: String(item.title),
});
