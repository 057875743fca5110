import { type ConfigPatch, OPEN_SLOTS, SLOTS } from '../../config/types.ts';
import { isObject } from '../../is-object.ts';
import { escapedKey } from '../conditions/paths.ts';
import type { SlotAssignment } from '../types.ts';

const FIXED: ReadonlySet<string> = new Set(SLOTS);
const OPEN: ReadonlySet<string> = new Set(OPEN_SLOTS);

type Place = { readonly path: string; readonly keys: readonly string[]; readonly open: boolean };

const below = ({ path, keys, open }: Place, key: string): Place => {
  const inner = path === '' ? escapedKey(key) : `${path}.${escapedKey(key)}`;
  return { path: inner, keys: [...keys, key], open: open || OPEN.has(inner) };
};

const changeOf = (place: Place, value: unknown): SlotAssignment[] => {
  const { path, keys } = place;
  if (FIXED.has(path)) return value === null ? [] : [{ path, keys, change: 'set', value }];
  if (isObject(value)) return changesBelow(place, value);
  if (!place.open || OPEN.has(path)) return [];
  return value === null ? [{ path, keys, change: 'remove' }] : [{ path, keys, change: 'set', value }];
};

const changesBelow = (place: Place, patch: Record<string, unknown>): SlotAssignment[] => {
  const entries = Object.entries(patch);
  const isEmptyObject = entries.length === 0 && place.open && !OPEN.has(place.path);
  if (isEmptyObject) return [{ path: place.path, keys: place.keys, change: 'object' }];
  return entries.flatMap(([key, value]) => changeOf(below(place, key), value));
};

/**
 * What a merge patch (RFC 7396) does to each slot of a config. Fixed slots are set as a whole; below `content.filters` and `settings`
 * every path is a slot. What would leave a config without a part of its schema, and what is not in it, is left out: patches are checked
 * when they are written.
 */
export const slotAssignments = (patch: ConfigPatch): SlotAssignment[] =>
  changesBelow({ path: '', keys: [], open: false }, patch);
