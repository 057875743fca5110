import { activityStore } from '../../adapters/dynamodb/stores/activity-store.ts';
import { journalStore } from '../../adapters/dynamodb/stores/journal-store.ts';
import { usersStore } from '../../adapters/dynamodb/stores/users-store.ts';
import type { FoldPorts } from '../../core/tracking/fold-batch.ts';
import type { TrackOnePorts } from '../../core/tracking/track-one.ts';
import type { MemoryTable } from '../units/memory-table.ts';
import { type TableUse, useMeter } from '../units/table-use.ts';

/** The stores that tracking works on, and what they used of the table. */
export type MeteredTable = {
  readonly ports: TrackOnePorts & FoldPorts;
  /** What was used since the last call. */
  takeUse(): TableUse;
};

/** Sentiment is not scored: the benchmark's interactions carry no words. */
export const meteredTable = ({ client, tableName }: MemoryTable): MeteredTable => {
  const { meter, take } = useMeter();
  const database = { client, tableName, meter };
  return {
    ports: {
      users: usersStore(database),
      journal: journalStore(database),
      activity: activityStore(database),
      pause: async () => undefined,
      sentimentOf: () => 0,
    },
    takeUse: take,
  };
};
