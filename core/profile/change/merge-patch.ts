import { type FieldError, Invalid } from '../../errors.ts';
import { isObject } from '../../is-object.ts';

type Json = Record<string, unknown>;

/** Keys through which a merge could reach the prototypes of all objects. */
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);
const DEEPEST = 8;

/** Every fault below `path`: a polluting key, or nesting deeper than eight levels. */
const faultsOf = (value: unknown, path: string, depth = 0): FieldError[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (depth > DEEPEST) return [{ path, message: `must not be nested deeper than ${DEEPEST} levels` }];
  return Object.entries(value).flatMap(([key, inner]) =>
    POLLUTING.has(key)
      ? [{ path: `${path}.${key}`, message: 'is not allowed as a key' }]
      : faultsOf(inner, `${path}.${key}`, depth + 1),
  );
};

const merged = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const entries = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) entries.delete(key);
    else entries.set(key, merged(entries.get(key), value));
  }
  return Object.fromEntries(entries);
};

/**
 * JSON merge patch (RFC 7396) of two objects: null deletes, objects merge, everything else replaces. Changes neither.
 * @param path how the errors name the patched field
 * @throws Invalid for `__proto__`, `constructor`, `prototype` as a key at any depth, or nesting deeper than eight levels
 */
export const mergePatch = (target: Json, patch: Json, path: string): Json => {
  const faults = faultsOf(patch, path);
  if (faults.length > 0) throw new Invalid(faults);
  return merged(target, patch) as Json;
};
