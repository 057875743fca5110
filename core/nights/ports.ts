import type { CatalogSnapshots, CatalogStore } from '../catalog/ports.ts';
import type { ActivityStore, JournalStore } from '../journal/ports.ts';
import type { UsersStore } from '../profile/ports.ts';
import type { ModelStore, PrecomputedStore } from '../recommend/ports.ts';

/** Compressed JSON documents and lines by key: exports, training shards, models. */
export type Objects = {
  putGzipJsonLines(
    key: string,
    rows: Iterable<unknown> | AsyncIterable<unknown>,
  ): Promise<{ rows: number; bytes: number }>;
  readJsonLines(key: string): AsyncIterable<unknown>;
  putJson(key: string, value: unknown): Promise<{ bytes: number }>;
  /** Undefined where there is none. */
  getJson(key: string): Promise<unknown>;
  list(prefix: string): Promise<string[]>;
};

export type NightPorts = {
  readonly objects: Objects;
  readonly activity: ActivityStore;
  readonly journal: JournalStore;
  readonly users: UsersStore;
  readonly catalog: CatalogStore;
  readonly snapshots: CatalogSnapshots;
  readonly models: ModelStore;
  readonly precomputed: PrecomputedStore;
  /** A line of progress with counts. */
  readonly progress: (message: string, counts: Readonly<Record<string, number | string>>) => void;
};

/** Part `shard` of `shards` of a step of the run `runId`. */
export type NightStep = {
  readonly runId: string;
  readonly shard: number;
  readonly shards: number;
  readonly now: number;
};

/** One implicit-feedback observation in an export: user, item, strength, ms, engagement 0-1. */
export type ExportRow = { u: string; i: string; w: number; t: number; e: number };

/** One user in an export: id and the time of the last interaction, ms. */
export type ExportUser = { u: string; t: number };

export const keys = {
  interactions: (runId: string, shard?: number) => `exports/${runId}/interactions-${shard ?? ''}`,
  users: (runId: string, shard?: number) => `exports/${runId}/users-${shard ?? ''}`,
  model: (runId: string) => `models/${runId}/model.json.gz`,
  neighbours: (runId: string, shard: number) => `models/${runId}/neighbours-${shard}.jsonl.gz`,
  trending: 'exports/trending/hours.json.gz',
} as const;
