import type { CatalogItem } from '../catalog/types.ts';
import type { TracePorts } from '../decisions/keep-decision.ts';
import { Conflict } from '../errors.ts';
import type { UsersStore } from '../profile/ports.ts';
import type { GenerationMemory, GenerationSpace, GenerationStore, PopulationOutcomes } from './types.ts';

export type RecordGenerationPorts = {
  readonly users: Pick<UsersStore, 'load'>;
  readonly generations: GenerationStore;
  /** Waits before another attempt. */
  readonly pause: (attempt: number) => Promise<void>;
};

export type GenerationPorts = RecordGenerationPorts &
  TracePorts & {
    /** Outcomes of everybody, counted daily; in memory most of the time. */
    readonly population: () => Promise<PopulationOutcomes>;
    /** An item of the catalogue, which is in memory. */
    readonly itemOf: () => Promise<(itemId: string) => CatalogItem | undefined>;
  };

/** The product that generates: what its generator can be told, if anything. */
export type GeneratingDomain = { readonly name: string; readonly generation?: GenerationSpace | undefined };

const ATTEMPTS = 10;

/**
 * Changes what is remembered of a user's generations under optimistic concurrency; `memory` was read already. `change` answers the next
 * memory and whatever is to be told of it.
 * @throws Conflict where others kept changing it
 */
export const changeGenerations = async <T extends { readonly memory: GenerationMemory }>(
  { generations, pause }: Pick<RecordGenerationPorts, 'generations' | 'pause'>,
  { userId, memory }: { userId: string; memory: GenerationMemory },
  change: (memory: GenerationMemory) => T,
): Promise<T> => {
  let before = memory;
  for (let attempt = 1; ; attempt += 1) {
    const changed = change(before);
    if (await generations.put(userId, changed.memory, before.version)) return changed;
    if (attempt === ATTEMPTS)
      throw new Conflict('Others kept changing the generations of this user: try again');
    await pause(attempt);
    before = await generations.get(userId);
  }
};
