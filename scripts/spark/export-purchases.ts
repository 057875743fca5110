import { specialFunctions } from '../../adapters/numbers/special-functions.ts';
import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import { pseudonyms } from '../../adapters/pseudonyms.ts';
import type { ActivityStore } from '../../core/journal/ports.ts';
import type { NightPorts } from '../../core/nights/ports.ts';
import { exportInteractions } from '../../core/nights/steps/export-interactions.ts';
import { type Purchases, storedUser } from './purchases.ts';

const SHARDS = 8;

const notAsked = (): never => {
  throw new Error('the export does not ask for this');
};

/** A table of these users, as far as the export reads it: its scan. Writing them one by one would take a minute. */
const tableOf = ({ byUser }: Purchases): ActivityStore => ({
  markBatch: notAsked,
  usersActiveIn: notAsked,
  scanUsers: async function* (segment, totalSegments) {
    let index = 0;
    for (const [user, bought] of byUser) {
      if (index % totalSegments === segment) yield storedUser(user, bought, index);
      index += 1;
    }
  },
});

/** Runs the night's step `export` over the purchases; answers how many interactions its shards hold. */
export const exportPurchases = async (
  objects: ObjectStore,
  bought: Purchases,
  runId: string,
): Promise<number> => {
  const ports: Partial<NightPorts> = {
    objects,
    activity: tableOf(bought),
    settings: {
      trainingMemoryMb: 3008,
      engine: 'spark',
      auditAttribute: undefined,
      churnWindowDays: 90,
      churnHorizonDays: 30,
    },
    pseudonyms: async () => pseudonyms(Buffer.from('test')),
    special: specialFunctions,
    progress: () => undefined,
  };
  let interactions = 0;
  for (let shard = 0; shard < SHARDS; shard++) {
    const step = { runId, shard, shards: SHARDS, now: Date.now() };
    interactions += (await exportInteractions(ports as NightPorts, step)).interactions;
  }
  return interactions;
};
