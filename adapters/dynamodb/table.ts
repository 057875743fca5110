/**
 * The one table, as plain data: CDK builds it, the adapters address it, the documentation lists it.
 * No SDK import here, so that `lib/` may read it.
 */
export const table = {
  partitionKey: 'PK',
  sortKey: 'SK',
  timeToLive: 'ttl',
  /** Sparse: only items that are listed across partitions carry its keys (catalogue items by type). */
  indexes: {
    byCollection: { name: 'GSI1', partitionKey: 'GSI1PK', sortKey: 'GSI1SK' },
  },
} as const;
