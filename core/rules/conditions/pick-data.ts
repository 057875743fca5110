import type { RuleData } from '../types.ts';
import { keysOf } from './paths.ts';

type Node = Record<string, unknown>;

/** Gives the value of a variable; undefined where there is none. */
export type DataSource = (path: string, keys: readonly string[]) => unknown;

const put = (data: Node, keys: readonly string[], value: unknown): void => {
  let node = data;
  for (const key of keys.slice(0, -1)) {
    node[key] ??= {};
    node = node[key] as Node;
  }
  node[keys.at(-1)!] = value;
};

const startsWith = (keys: readonly string[], start: readonly string[]): boolean =>
  start.length < keys.length && start.every((key, at) => key === keys[at]);

/**
 * What conditions see, with only the paths that they read. A path below one that is read as a whole comes with that.
 * @param reads sorted paths of checked conditions, so that no key reaches a prototype
 */
export const pickData = (reads: readonly string[], source: DataSource): RuleData => {
  const data: Node = {};
  const wholes: string[][] = [];
  for (const path of reads) {
    const keys = keysOf(path);
    if (wholes.some((whole) => startsWith(keys, whole))) continue;
    const value = source(path, keys);
    if (value === undefined) continue;
    put(data, keys, value);
    if (typeof value === 'object' && value !== null) wholes.push(keys);
  }
  return data;
};
