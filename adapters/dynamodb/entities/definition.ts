import type { Change } from '../../../core/definitions/types.ts';
import { type Item, key, ttlSeconds } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

/** Each kind of definition is a partition. */
export type DefinitionPartition = 'RULES' | 'EXPERIMENTS';

export const LOG_SORT = 'LOG#';
export const DEFINITION_SORT = 'DEFINITION#';

/** A deletion is remembered for longer than decisions are, which it explains. */
const DELETIONS_KEPT_MS = 90 * 24 * 3_600_000;

/** `LOG#0000000042`: sorts by number. */
export const logSort = (setVersion: number): string => `${LOG_SORT}${String(setVersion).padStart(10, '0')}`;

export const logKey = (partition: DefinitionPartition, setVersion: number) =>
  key(partition, logSort(setVersion));

export const definitionKey = (partition: DefinitionPartition, id: string) =>
  key(partition, `${DEFINITION_SORT}${id}`);

const attributes = <Body>(change: Change<Body>): Item => ({
  v: 1,
  id: change.id,
  setVersion: change.setVersion,
  version: change.version,
  action: change.action,
  body: packJson(change),
});

/** An entry of the log, kept for good. `writer` tells whose it is. */
export const logToItem = <Body>(
  partition: DefinitionPartition,
  change: Change<Body>,
  writer: string,
): Item => ({
  ...logKey(partition, change.setVersion),
  EntityType: 'DefinitionChange',
  ...attributes(change),
  writer,
});

/** The newest change of one definition. */
export const definitionToItem = <Body>(partition: DefinitionPartition, change: Change<Body>): Item => ({
  ...definitionKey(partition, change.id),
  EntityType: 'Definition',
  ...attributes(change),
  ...(change.body === null ? { ttl: ttlSeconds(change.changedAt + DELETIONS_KEPT_MS) } : {}),
});

export const changeFromItem = <Body>(item: Item): Change<Body> => unpackJson<Change<Body>>(item.body);
