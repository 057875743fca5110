import type { AnalyticsStore } from '../analytics/ports.ts';
import type { CatalogSnapshots, CatalogStore } from '../catalog/ports.ts';
import type { ActivityStore, JournalStore } from '../journal/ports.ts';
import type { SpecialFunctions } from '../learn/users/lifetime/special-functions.ts';
import type { Engine } from '../models/model-card.ts';
import type { ModelRegistry } from '../models/ports.ts';
import type { Kernels } from '../numbers/kernels.ts';
import type { UsersStore } from '../profile/ports.ts';
import type { ModelStore, PrecomputedStore } from '../recommend/ports.ts';
import type { UpdateStore } from '../updates/ports.ts';

/** Takes the rows of one object one by one; the object is there once it is closed. */
export type RowWriter = {
  write(row: unknown): Promise<void>;
  close(): Promise<{ rows: number; bytes: number }>;
};

/** Compressed JSON documents and lines by key: exports, training shards, models. */
export type Objects = {
  putGzipJsonLines(
    key: string,
    rows: Iterable<unknown> | AsyncIterable<unknown>,
  ): Promise<{ rows: number; bytes: number }>;
  openGzipJsonLines(key: string): RowWriter;
  readJsonLines(key: string): AsyncIterable<unknown>;
  /** Lines of text in batches. Throws where the object is missing, cut off or no gzip. */
  readLines(key: string): AsyncIterable<readonly string[]>;
  putJson(key: string, value: unknown): Promise<{ bytes: number }>;
  /** For readers that do not unpack: the manifest of a Distributed Map. */
  putPlainJson(key: string, value: unknown): Promise<void>;
  /** Undefined where there is none. */
  getJson(key: string): Promise<unknown>;
  list(prefix: string): Promise<string[]>;
};

/** What a team may choose about its nights. */
export type NightSettings = {
  /** Memory of the training function, MB: decides what fits one Lambda. */
  readonly trainingMemoryMb: number;
  /** `auto` lets the export's count decide. */
  readonly engine: Engine | 'auto';
  /** The attribute of users by whose values the audit groups them; undefined: no groups. */
  readonly auditAttribute: string | undefined;
  /** Users seen within this window before the horizon are labelled for churn. */
  readonly churnWindowDays: number;
  /** Silence of this length is churn. */
  readonly churnHorizonDays: number;
};

export type NightPorts = {
  readonly objects: Objects;
  readonly activity: ActivityStore;
  readonly journal: JournalStore;
  readonly users: UsersStore;
  readonly catalog: CatalogStore;
  readonly snapshots: CatalogSnapshots;
  readonly models: ModelStore;
  readonly registry: ModelRegistry;
  readonly precomputed: PrecomputedStore;
  readonly updates: Pick<UpdateStore, 'put'>;
  readonly analytics: AnalyticsStore;
  readonly settings: NightSettings;
  /** How a user is called in training data: the same every night, and nobody can tell whose it is. */
  readonly pseudonyms: () => Promise<(userId: string) => string>;
  /** The fastest arithmetic of this machine, in at most so many bytes. */
  readonly openKernels: (memoryBytes: number) => Kernels & { close(): void };
  readonly special: SpecialFunctions;
  /** ms since the epoch, to measure how long something took. */
  readonly clock: () => number;
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
