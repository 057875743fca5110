import type { Change } from './types.ts';

/**
 * Number of the change that was a definition's newest as of `setVersion`, by its newest change of all: 0 where it was not there yet,
 * undefined where that is forgotten.
 */
export const entryAsOf = (change: Change<unknown>, setVersion: number): number | undefined => {
  if (change.setVersion <= setVersion) return change.setVersion;
  const found = change.earlier.find(([, at]) => at <= setVersion);
  if (found) return found[1];
  const [oldest = change.version] = change.earlier.at(-1) ?? [];
  return oldest === 1 ? 0 : undefined;
};
