import { gunzipSync, gzipSync } from 'node:zlib';
import { openKernels } from '../../adapters/kernels/kernels.ts';
import { specialFunctions } from '../../adapters/numbers/special-functions.ts';
import { pseudonyms } from '../../adapters/pseudonyms.ts';
import type { CatalogItem } from '../../core/catalog/types.ts';
import { emptyState } from '../../core/journal/empty-state.ts';
import { foldPage } from '../../core/journal/fold-page.ts';
import type { StoredUser } from '../../core/journal/ports.ts';
import type { ItemNeighbours } from '../../core/learn/types.ts';
import type { UserModels } from '../../core/learn/users/types.ts';
import type { ModelCard } from '../../core/models/model-card.ts';
import type { KeptModel } from '../../core/models/ports.ts';
import { slotOf } from '../../core/models/versions.ts';
import type { ExportPart } from '../../core/nights/formats.ts';
import { keys } from '../../core/nights/keys.ts';
import type { NightPorts, NightSettings, Objects } from '../../core/nights/ports.ts';
import { foldInteractions } from '../../core/profile/fold/fold-interactions.ts';
import type { StoredProfile } from '../../core/profile/stored-profile.ts';
import type { Interaction } from '../../core/profile/types.ts';
import type { ModelInService, Ranking } from '../../core/recommend/ports.ts';

export const NIGHT = Date.UTC(2026, 10, 21, 3);

/** Objects in memory, compressed as they are in S3. */
export const memoryObjects = (bodies: Map<string, Buffer>): Objects => {
  const text = (key: string): string => {
    const body = bodies.get(key);
    if (!body) throw new Error(`NoSuchKey ${key}`);
    return gunzipSync(body).toString();
  };
  const linesOf = (key: string) =>
    text(key)
      .split('\n')
      .filter((line) => line !== '');
  const putLines = (key: string, rows: readonly unknown[]) => {
    const body = gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    bodies.set(key, body);
    return { rows: rows.length, bytes: body.length };
  };
  return {
    putGzipJsonLines: async (key, rows) => {
      const all: unknown[] = [];
      for await (const row of rows) all.push(row);
      return putLines(key, all);
    },
    openGzipJsonLines: (key) => {
      const rows: unknown[] = [];
      return { write: async (row) => void rows.push(row), close: async () => putLines(key, rows) };
    },
    readJsonLines: async function* (key) {
      for (const line of linesOf(key)) yield JSON.parse(line);
    },
    readLines: async function* (key) {
      yield linesOf(key);
    },
    putJson: async (key, value) => {
      bodies.set(key, gzipSync(JSON.stringify(value)));
      return { bytes: 1 };
    },
    putPlainJson: async (key, value) => void bodies.set(key, Buffer.from(JSON.stringify(value))),
    getJson: async (key) => (bodies.has(key) ? JSON.parse(text(key)) : undefined),
    list: async (prefix) => [...bodies.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
};

/** What a run left behind in the table, in memory. */
export type NightWorld = {
  readonly ports: NightPorts;
  readonly bodies: Map<string, Buffer>;
  readonly cards: Map<string, ModelCard>;
  readonly kept: Map<number, KeptModel>;
  readonly rankings: Map<string, Ranking>;
  readonly lists: Map<string, { version: number; neighbours: ItemNeighbours }>;
  readonly inService: { model?: ModelInService; users?: UserModels };
};

type Parts = {
  users?: readonly StoredUser[];
  catalog?: readonly CatalogItem[];
  settings?: Partial<NightSettings>;
};

const SETTINGS: NightSettings = {
  trainingMemoryMb: 3008,
  engine: 'auto',
  auditAttribute: undefined,
  churnWindowDays: 90,
  churnHorizonDays: 30,
};

const notNeeded = () => {
  throw new Error('This world has no such part');
};

/** The ports of the nights on maps, for steps whose decisions are tested rather than their stores. */
export const nightWorld = ({ users = [], catalog = [], settings }: Parts = {}): NightWorld => {
  const world: Omit<NightWorld, 'ports'> = {
    bodies: new Map(),
    cards: new Map(),
    kept: new Map(),
    rankings: new Map(),
    lists: new Map(),
    inService: {},
  };
  const { cards, kept, rankings, lists, inService } = world;
  const reports = new Map<string, { asOf: number }>();
  const types = [...new Set(catalog.map(({ type }) => type))];
  const ports = {
    objects: memoryObjects(world.bodies),
    activity: {
      scanUsers: async function* (segment: number, total: number) {
        for (const [at, user] of users.entries()) if (at % total === segment) yield user;
      },
    },
    journal: notNeeded,
    users: notNeeded,
    catalog: {
      head: async () => ({ types }),
      listAll: async function* (type: string) {
        yield* catalog.filter((item) => item.type === type);
      },
    },
    snapshots: notNeeded,
    models: {
      putNeighbours: async (
        rows: Iterable<{ itemId: string; neighbours: ItemNeighbours }>,
        { version }: ModelInService,
      ) => {
        let count = 0;
        for (const { itemId, neighbours } of rows) {
          lists.set(`${itemId} ${slotOf(version)}`, { version, neighbours });
          count += 1;
        }
        return count;
      },
      putModel: async (model: ModelInService) => {
        inService.model = model;
      },
      getModel: async () => inService.model,
      putRanking: async (name: string, ranking: Ranking) => void rankings.set(name, ranking),
      allRankings: async () => new Map(rankings),
      putUserModels: async (models: UserModels) => {
        inService.users = models;
      },
      getUserModels: async () => inService.users,
    },
    registry: {
      putCard: async (card: ModelCard) => void cards.set(card.runId, card),
      getCard: async ({ runId }: { runId: string }) => cards.get(runId),
      cards: async () => ({ cards: [...cards.values()].reverse(), next: null }),
      keep: async (one: KeptModel) => void kept.set(slotOf(one.model.version), one),
      keptVersions: async () =>
        [...kept.values()].map(({ model }) => ({ version: model.version, slot: model.slot })),
      getKept: async (version: number) => [...kept.values()].find(({ model }) => model.version === version),
      forget: async (slot: number) => void kept.delete(slot),
      restore: async (model: ModelInService, instead: number) => {
        if (inService.model?.version !== instead) return false;
        inService.model = model;
        return true;
      },
    },
    precomputed: notNeeded,
    analytics: {
      put: async (name: string, report: { asOf: number }) => {
        if ((reports.get(name)?.asOf ?? 0) <= report.asOf) reports.set(name, report);
      },
      get: async (name: string) => reports.get(name),
    },
    settings: { ...SETTINGS, ...settings },
    pseudonyms: async () => pseudonyms(Buffer.from('a key of this test')),
    openKernels: (memoryBytes: number) => openKernels({ memoryBytes, threads: 1 }),
    special: specialFunctions,
    clock: () => NIGHT,
    progress: () => undefined,
  } as unknown as NightPorts;
  return { ...world, ports };
};

/** A row of an export: user, item, and when, in ms before the night. */
export type RowBefore = readonly [user: string, item: string, before: number];

/** Puts an export of one shard in place, as `export` would leave it. */
export const putExport = async (
  { ports }: NightWorld,
  runId: string,
  { rows, users = [] }: { rows: readonly RowBefore[]; users?: readonly object[] },
): Promise<ExportPart> => {
  const lines = rows.map(([u, i, before]) => ({ u, i, w: 1, t: NIGHT - before, e: 0.5 }));
  await ports.objects.putGzipJsonLines(keys.interactions(runId, 0), lines);
  await ports.objects.putGzipJsonLines(keys.users(runId, 0), users);
  const times = lines.map(({ t }) => t).sort((a, b) => a - b);
  const part: ExportPart = {
    shard: 0,
    interactions: rows.length,
    users: users.length,
    items: new Set(rows.map(([, item]) => item)).size,
    bytes: 1,
    firstAt: times[0] ?? null,
    lastAt: times.at(-1) ?? null,
    leftOut: { consent: 0 },
    skipped: { withoutContent: 0, withoutSignal: 0 },
  };
  await ports.objects.putJson(keys.part(runId, 0), part);
  return part;
};

/** A step's input for the only shard. */
export const stepOf = (runId: string, now = NIGHT) => ({ runId, shard: 0, shards: 1, now });

/** One stored user with these interactions in one page. */
export const storedUser = (
  userId: string,
  interactions: readonly Partial<Interaction>[],
  profile?: StoredProfile,
): StoredUser => {
  const page = {
    seq: 1,
    recordedAt: NIGHT,
    newestBefore: 0,
    interactions: interactions.map(
      (one, at): Interaction => ({
        interactionId: `${userId}-${at}`,
        userId,
        type: 'view',
        occurredAt: NIGHT - at * 1000,
        receivedAt: NIGHT,
        ...one,
      }),
    ),
  };
  const state = foldPage(emptyState, page, foldInteractions);
  return { userId, profile, state, pages: [page] };
};
