import type { DefinitionStore } from '../../../core/definitions/ports.ts';
import {
  type CountedExperiments,
  countedExperiments,
} from '../../../core/experiments/outcomes/counted-experiments.ts';
import type { ExperimentBody } from '../../../core/experiments/types.ts';
import { revalidated } from '../lazily.ts';

/** A change is in force in every process within this time. */
const TTL_MS = 5_000;

/**
 * What counting conversions asks of experiments, kept in the process: at most 5 seconds old, and where `since` (ms) is newer, read
 * again whatever its age.
 */
export const countedSince = (
  store: () => DefinitionStore<ExperimentBody>,
): ((since?: number) => Promise<CountedExperiments>) => {
  let wanted = 0;
  const current = revalidated<CountedExperiments>(
    async (before) => {
      const now = Date.now();
      const mayKeep = before && wanted <= before.checkedAt;
      if (mayKeep && (await store().version()) <= before.version) return { ...before, checkedAt: now };
      return countedExperiments(await store().load(), now);
    },
    () => TTL_MS,
  );
  return async (since = 0) => {
    const now = Date.now();
    const known = await current(now);
    if (known.checkedAt >= since) return known;
    wanted = Math.max(wanted, since);
    return current.fresh(now);
  };
};
