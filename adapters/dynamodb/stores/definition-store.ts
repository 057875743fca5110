import { randomUUID } from 'node:crypto';
import { entryAsOf } from '../../../core/definitions/entry-as-of.ts';
import type { DefinitionStore } from '../../../core/definitions/ports.ts';
import type { Change, Defined, DefinitionSet } from '../../../core/definitions/types.ts';
import * as definitions from '../access-patterns/definition.ts';
import type { Database } from '../database.ts';
import { changeFromItem, type DefinitionPartition } from '../entities/definition.ts';

/** One kind of definition in one table. */
type Place = { readonly database: Database; readonly partition: DefinitionPartition };

/** The last entry of the log: what came before it is settled, itself it may not be. */
const lastChange = async <Body>({ database, partition }: Place): Promise<Change<Body> | undefined> => {
  const item = await definitions.readLastChange(database, partition, true);
  return item && changeFromItem<Body>(item);
};

const newestOf = <Body>(a: Change<Body> | undefined, b: Change<Body> | undefined) =>
  !a || (b && b.setVersion > a.setVersion) ? b : a;

/** In this order: what the log holds below the entry that is read first is settled when the definition is read. */
const newestChange = async <Body>(place: Place, id: string): Promise<Change<Body> | undefined> => {
  const last = await lastChange<Body>(place);
  const item = await definitions.readDefinition(place.database, place.partition, id);
  const settled = item && changeFromItem<Body>(item);
  return newestOf(settled, last?.id === id ? last : undefined);
};

/** The newest change of every definition, once each. */
const newestChanges = async <Body>(
  { database, partition }: Place,
  last: Change<Body>,
): Promise<Change<Body>[]> => {
  const byId = new Map([[last.id, last]]);
  for (const item of await definitions.readDefinitions(database, partition)) {
    const change = changeFromItem<Body>(item);
    byId.set(change.id, newestOf(byId.get(change.id), change) as Change<Body>);
  }
  return [...byId.values()];
};

const changesAt = async <Body>(
  { database, partition }: Place,
  setVersions: readonly number[],
): Promise<Change<Body>[]> =>
  setVersions.length === 0
    ? []
    : (await definitions.readChanges(database, partition, setVersions)).map(changeFromItem<Body>);

const oldestFirst = <Body>(a: Change<Body>, b: Change<Body>): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

const isDefined = <Body>(change: Change<Body>): change is Defined<Body> => change.body !== null;

/** The set as of one number, from newest changes that may be later ones. */
const setAsOf = async <Body>(
  place: Place,
  newest: readonly Change<Body>[],
  version: number,
): Promise<DefinitionSet<Body> | undefined> => {
  const later = newest.filter(({ setVersion }) => setVersion > version);
  const entries = later.map((change) => entryAsOf(change, version));
  if (entries.includes(undefined)) return undefined;
  const wanted = entries.filter((entry): entry is number => entry !== undefined && entry > 0);
  const earlier = await changesAt<Body>(place, wanted);
  if (earlier.length < wanted.length) return undefined;
  const changes = [...newest.filter(({ setVersion }) => setVersion <= version), ...earlier];
  return { version, defined: changes.filter(isDefined<Body>).sort(oldestFirst) };
};

const EMPTY = { version: 0, defined: [] };

const loadAt = async <Body>(place: Place, wanted?: number): Promise<DefinitionSet<Body> | undefined> => {
  const last = await lastChange<Body>(place);
  const version = wanted ?? last?.setVersion ?? 0;
  if (version === 0) return EMPTY;
  if (!last || version > last.setVersion) return undefined;
  return setAsOf(place, await newestChanges(place, last), version);
};

const load = async <Body>(place: Place): Promise<DefinitionSet<Body>> => {
  const set = await loadAt<Body>(place);
  if (!set) throw new Error(`The log of ${place.partition} lacks entries that it should have`);
  return set;
};

const versions = async <Body>(
  place: Place,
  id: string,
  { limit, below = Number.POSITIVE_INFINITY }: { readonly limit: number; readonly below?: number },
): Promise<Change<Body>[]> => {
  const newest = await newestChange<Body>(place, id);
  if (!newest) return [];
  const known = [[newest.version, newest.setVersion] as const, ...newest.earlier];
  const wanted = known.filter(([version]) => version < below).slice(0, limit);
  const found = await changesAt<Body>(
    place,
    wanted.map(([, setVersion]) => setVersion),
  );
  return found.sort((a, b) => b.version - a.version);
};

/** A refused write may be our own, sent again by the client after its answer was lost. */
const isOurs = async ({ database, partition }: Place, setVersion: number, writer: string) => {
  const [item] = await definitions.readChanges(database, partition, [setVersion]);
  return item?.writer === writer;
};

const append = async <Body>(place: Place, change: Change<Body>): Promise<boolean> => {
  const { database, partition } = place;
  const last = await lastChange<Body>(place);
  if (change.setVersion !== (last?.setVersion ?? 0) + 1) return false;
  if (last) await definitions.settleChange(database, partition, last);
  const writer = randomUUID();
  const isFirst = await definitions.logChange(database, partition, change, writer);
  if (!isFirst && !(await isOurs(place, change.setVersion, writer))) return false;
  // From here on it counts: readers put the last entry on top, and the next writer settles it where this fails.
  await definitions.settleChange(database, partition, change).catch(() => false);
  return true;
};

/**
 * Rules or experiments: a log of changes (`LOG#<number>`) and the newest change of each beside it (`DEFINITION#<id>`).
 * The log is the truth. An entry is settled before the next one is written, so that only the last may be missing beside it,
 * and every reader looks at that one too.
 */
export const definitionStore = <Body>(
  database: Database,
  partition: DefinitionPartition,
): DefinitionStore<Body> => {
  const place = { database, partition };
  return {
    version: async () =>
      Number((await definitions.readLastChange(database, partition, false))?.setVersion ?? 0),
    load: () => load<Body>(place),
    loadAt: (setVersion) => loadAt<Body>(place, setVersion),
    get: (id) => newestChange<Body>(place, id),
    getVersion: async (id, version) => {
      const [found] = await versions<Body>(place, id, { limit: 1, below: version + 1 });
      return found?.version === version ? found : undefined;
    },
    versions: (id, page) => versions<Body>(place, id, page),
    append: (change) => append(place, change),
  };
};
