import { noOutcomes, type PopulationOutcomes } from '../../../core/generation/types.ts';
import { revalidated } from '../lazily.ts';
import { analytics } from '../ports/table-ports.ts';
import { logger } from '../telemetry.ts';

/** Outcomes are counted once a day. */
const TTL_MS = 60_000;

const kept = revalidated(
  () => analytics().get('generation'),
  () => TTL_MS,
);

/** How generations went for everybody, kept in the process; nothing is known before the first count, or where it cannot be read now. */
export const populationOutcomes = async (): Promise<PopulationOutcomes> => {
  try {
    return (await kept(Date.now())) ?? noOutcomes;
  } catch (error) {
    logger.warn('outcomes of generations not read', { error: error as Error });
    return noOutcomes;
  }
};
