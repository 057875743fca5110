import type { DefinitionStore } from '../../core/definitions/ports.ts';
import type { Change, Defined, DefinitionSet } from '../../core/definitions/types.ts';

const isDefined = <Body>(change: Change<Body>): change is Defined<Body> => change.body !== null;

const setOf = <Body>(log: readonly Change<Body>[]): DefinitionSet<Body> => {
  const newest = new Map(log.map((change) => [change.id, change]));
  const byAge = (a: Change<Body>, b: Change<Body>) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
  return { version: log.length, defined: [...newest.values()].filter(isDefined<Body>).sort(byAge) };
};

/** Definitions in memory: the model that the store on the table is held against, and a fake for tests of core. */
export const memoryDefinitions = <Body>(log: Change<Body>[] = []): DefinitionStore<Body> => {
  const ofId = (id: string) => log.filter((change) => change.id === id).reverse();
  return {
    version: async () => log.length,
    load: async () => setOf(log),
    loadAt: async (version) => (version > log.length ? undefined : setOf(log.slice(0, version))),
    get: async (id) => ofId(id)[0],
    getVersion: async (id, version) => ofId(id).find((change) => change.version === version),
    versions: async (id, { limit, below = Number.POSITIVE_INFINITY }) =>
      ofId(id)
        .filter(({ version }) => version < below)
        .slice(0, limit),
    append: async (change) => {
      if (change.setVersion !== log.length + 1) return false;
      log.push(change);
      return true;
    },
  };
};

/** A definition in force, its first version. */
export const defined = <Body>(id: string, body: Body, setVersion = 1): Defined<Body> => ({
  setVersion,
  id,
  version: 1,
  action: 'created',
  body,
  createdAt: setVersion,
  changedAt: setVersion,
  changedBy: 'root',
  earlier: [],
});
