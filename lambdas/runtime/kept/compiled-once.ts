import type { DefinitionStore } from '../../../core/definitions/ports.ts';
import type { DefinitionSet } from '../../../core/definitions/types.ts';
import { revalidated } from '../lazily.ts';

/** A change is in force in every process within this time. */
const TTL_MS = 5_000;

/**
 * Definitions compiled once per version and kept in the process. The version is asked for again after 5 seconds, by one caller for
 * all; where that fails, the set before serves on.
 */
export const compiledOnce = <Body, Compiled extends { readonly version: number }>(
  store: () => DefinitionStore<Body>,
  compile: (set: DefinitionSet<Body>) => Compiled,
): (() => Promise<Compiled>) => {
  const current = revalidated<Compiled>(
    async (before) => {
      // Read eventually: a replica that lags behind what is held here is not gone back to.
      if (before && (await store().version()) <= before.version) return before;
      return compile(await store().load());
    },
    () => TTL_MS,
  );
  return () => current(Date.now());
};
