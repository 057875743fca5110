const JSON_GZ = '.json.gz';
const LINES_GZ = '.jsonl.gz';

const lines = (folder: string, name: string) => (runId: string, shard: number) =>
  `${folder}/${runId}/${name}-${shard}${LINES_GZ}`;
const prefix = (folder: string, name: string) => (runId: string) => `${folder}/${runId}/${name}-`;

/** Where the steps of a night hand over to each other; the formats are in docs/adr/0011-past-one-machine.md. */
export const keys = {
  /** Plain JSON, for the Distributed Map's item reader. */
  shards: (runId: string) => `exports/${runId}/shards.json`,
  plan: (runId: string) => `exports/${runId}/plan${JSON_GZ}`,
  part: (runId: string, shard: number) => `exports/${runId}/part-${shard}${JSON_GZ}`,
  parts: prefix('exports', 'part'),
  size: (runId: string) => `exports/${runId}/size${JSON_GZ}`,
  interactions: lines('exports', 'interactions'),
  users: lines('exports', 'users'),
  usersPrefix: prefix('exports', 'users'),
  active: lines('exports', 'active'),
  activePrefix: prefix('exports', 'active'),
  /** What a shard counted for the reports; sums that name nobody. */
  counters: (runId: string, shard: number) => `exports/${runId}/counters-${shard}${JSON_GZ}`,
  /** Which export is the newest, with its counts. */
  latest: `exports/latest${JSON_GZ}`,
  trending: `exports/trending/hours${JSON_GZ}`,

  model: (runId: string) => `models/${runId}/model${JSON_GZ}`,
  userModels: (runId: string) => `models/${runId}/users${JSON_GZ}`,
  neighbours: lines('models', 'neighbours'),
  neighboursPrefix: prefix('models', 'neighbours'),
  /** Written by Spark; factors by the training Lambda too. */
  collaborativePrefix: prefix('models', 'collaborative'),
  itemFactors: lines('models', 'item-factors'),
  userFactors: lines('models', 'user-factors'),
  sparkMetrics: (runId: string) => `models/${runId}/metrics${JSON_GZ}`,
} as const;
