import { nearestPath } from './nearest-path.ts';
import { keysOf } from './paths.ts';
import { type Readable, readablePaths, readingOf } from './variables.ts';

const LONGEST_PATH = 200;
/** Keys through which a path could reach the prototypes of all objects. */
const POLLUTING: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** A backslash that stands before something else than what it escapes. */
const STRAY_BACKSLASH = /\\(?![\\.])/;

const strayBackslash = (path: string): boolean => STRAY_BACKSLASH.test(path.replaceAll('\\\\', ''));

const hasControl = (path: string): boolean => [...path].some((letter) => letter < ' ');

/** What is wrong with the writing of a path, wherever it is read. */
const writingFault = (path: string): string | undefined => {
  if (path.length > LONGEST_PATH) return `must be at most ${LONGEST_PATH} characters`;
  if (path.includes('../../')) return 'must not leave the element that it looks at ("../../")';
  if (hasControl(path)) return 'must not hold control characters';
  if (strayBackslash(path)) return 'has a backslash that stands before neither a dot nor a backslash';
  const keys = keysOf(path);
  if (keys.includes('')) return 'has an empty name between its dots';
  const polluting = keys.find((key) => POLLUTING.has(key));
  return polluting === undefined ? undefined : `must not name ${polluting}`;
};

const unknownFault = (variables: Readable, path: string): string => {
  const known = readablePaths(variables);
  const nearest = nearestPath(path, known);
  if (nearest !== undefined) return `is not a variable: did you mean "${nearest}"?`;
  return `is not a variable; there are ${Object.keys(variables).join(', ')}`;
};

const readingFault = (variables: Readable, path: string): string | undefined => {
  const reading = readingOf(variables, keysOf(path));
  if (reading.kind === 'readable') return undefined;
  if (reading.kind === 'unknown') return unknownFault(variables, path);
  return `is a group: name one of ${reading.names.map((name) => `${path}.${name}`).join(', ')}`;
};

/** What is wrong with a path of the data that conditions see; undefined where nothing is. */
export const variableFault = (path: unknown, variables: Readable): string | undefined => {
  if (typeof path !== 'string') return 'must be the path of a variable, as text';
  if (path === '') return 'must name what it reads: "" is everything';
  return writingFault(path) ?? readingFault(variables, path);
};

/** The same for a path below the element of a list, of which nothing is known; `""` is the element itself. */
export const elementPathFault = (path: unknown): string | undefined => {
  if (path === '' || (typeof path === 'number' && Number.isInteger(path) && path >= 0)) return undefined;
  if (typeof path !== 'string') return 'must be a path below the element, as text or as a whole number';
  return writingFault(path);
};

/** The same for the elements of `segments`. */
export const segmentPathFault = (path: unknown): string | undefined =>
  path === ''
    ? undefined
    : 'segments are names: "" is the name itself, and confidence.<name> outside of the list says how sure it is';
