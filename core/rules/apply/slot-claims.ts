import type { ValueReason } from '../../config/types.ts';
import { isObject } from '../../is-object.ts';
import type { SlotAssignment } from '../types.ts';

/** Who sets a slot. */
export type Setter = Pick<ValueReason, 'source' | 'by' | 'reason'>;

/**
 * The claims on a config's slots, the highest precedence first: what is claimed stays. A closed slot was set or removed; one with
 * children, or that has to be an object, hides whatever lower claims set it to.
 */
export type SlotClaims = {
  by: Setter | undefined;
  closed: boolean;
  /** Set when the slot holds a value of its own. */
  value: { readonly of: unknown } | undefined;
  isObject: boolean;
  children: Map<string, SlotClaims> | undefined;
};

export const noClaims = (): SlotClaims => ({
  by: undefined,
  closed: false,
  value: undefined,
  isObject: false,
  children: undefined,
});

const childOf = (slot: SlotClaims, key: string): SlotClaims => {
  slot.children ??= new Map();
  let child = slot.children.get(key);
  if (child === undefined) {
    child = noClaims();
    slot.children.set(key, child);
  }
  return child;
};

const hides = (slot: SlotClaims): boolean => slot.isObject || slot.children !== undefined;

const claimOne = (slot: SlotClaims, { change, value }: SlotAssignment, by: Setter): boolean => {
  if (slot.closed) return false;
  if (change === 'object') {
    slot.isObject = true;
    return true;
  }
  slot.closed = true;
  if (hides(slot)) return false;
  slot.by = by;
  slot.value = change === 'set' ? { of: value } : undefined;
  return true;
};

/** Claims a slot for a setter of lower precedence than all before; false where others have it already. */
export const claim = (root: SlotClaims, assignment: SlotAssignment, by: Setter): boolean => {
  let slot = root;
  for (const key of assignment.keys) {
    if (slot.closed) return false;
    slot = childOf(slot, key);
  }
  return claimOne(slot, assignment, by);
};

/** Whether a value that was at a path before any claim is gone. */
export const isClaimed = (root: SlotClaims, keys: readonly string[]): boolean => {
  let slot: SlotClaims | undefined = root;
  for (const key of keys) {
    if (slot.closed) return true;
    slot = slot.children?.get(key);
    if (slot === undefined) return false;
  }
  return slot.closed || hides(slot);
};

const ABSENT = Symbol('absent');

const filled = (slot: SlotClaims, before: unknown): unknown => {
  if (slot.closed && !hides(slot)) return slot.value === undefined ? ABSENT : slot.value.of;
  const base = !slot.closed && isObject(before) ? before : {};
  const entries = new Map(Object.entries(base));
  for (const [key, child] of slot.children ?? []) {
    const value = filled(child, entries.get(key));
    if (value === ABSENT) entries.delete(key);
    else entries.set(key, value);
  }
  return Object.fromEntries(entries);
};

/** The object with the claims on top. Changes neither. */
export const withClaims = <T extends object>(root: SlotClaims, before: T): T => filled(root, before) as T;
