/** Access patterns that bring what all answers share: their cost is not that of the single answer. */
export const SHARED_READS: ReadonlySet<string> = new Set([
  'readModel',
  'readRankings',
  'readCatalogHead',
  'catalogChanges',
  'readSnapshotPointer',
  'readSnapshotChunks',
  'readLastChange',
  'readDefinitions',
  'readChanges',
]);
