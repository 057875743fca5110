import type { GenerationPorts, RecordGenerationPorts } from '../../../core/generation/ports.ts';
import { populationOutcomes } from '../kept/population-outcomes.ts';
import { sharedData } from '../kept/shared-data.ts';
import { lazily } from '../lazily.ts';
import { pause } from '../pause.ts';
import { tracePorts } from './decision-ports.ts';
import { generations, users } from './table-ports.ts';

/** What learning from outcomes of generations needs. */
export const recordingGenerations = lazily(
  (): RecordGenerationPorts => ({ users: users(), generations: generations(), pause }),
);

/** What deciding parameters of generations needs. */
export const generating = lazily(
  (): GenerationPorts => ({
    ...recordingGenerations(),
    ...tracePorts(),
    population: populationOutcomes,
    itemOf: async () => {
      const { items } = (await sharedData()).catalogue;
      return (itemId) => items.get(itemId);
    },
  }),
);
