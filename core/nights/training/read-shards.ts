import { isObject } from '../../is-object.ts';
import type { ExportPart } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts } from '../ports.ts';

/** A shard of the export that cannot be trusted: cut off, no gzip, another number of rows than were written, mostly unreadable. */
export class CorruptShard extends Error {
  constructor(key: string, why: string) {
    super(`The training shard ${key} is cut off or corrupt: ${why}`);
    this.name = 'CorruptShard';
  }
}

/** Single unreadable lines are skipped; from this share on, the shard is not what was exported. */
const MOST_UNREADABLE = 0.1;

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

type Shard = { key: string; rows: number };

/** Hands every readable line of a shard to `take`, which answers whether it could use it; answers how many it could not. */
const readShard = async (
  { objects }: NightPorts,
  { key, rows }: Shard,
  take: (row: Record<string, unknown>) => boolean,
): Promise<number> => {
  let lines = 0;
  let unreadable = 0;
  try {
    for await (const batch of objects.readLines(key)) {
      for (const line of batch) {
        lines += 1;
        const row = parsed(line);
        if (!isObject(row) || !take(row)) unreadable += 1;
      }
    }
  } catch (error) {
    throw new CorruptShard(key, (error as Error).message);
  }
  if (lines !== rows) throw new CorruptShard(key, `it holds ${lines} of ${rows} rows`);
  if (unreadable > Math.max(1, rows * MOST_UNREADABLE))
    throw new CorruptShard(key, `${unreadable} of ${rows} rows cannot be read`);
  return unreadable;
};

/**
 * Reads every training row of an export, in the order of shards. Lines that are no rows are skipped; answers how many.
 *
 * @throws CorruptShard for a shard that is not what was exported
 */
export const readInteractions = async (
  ports: NightPorts,
  { runId, parts }: { runId: string; parts: readonly ExportPart[] },
  take: (row: Record<string, unknown>) => boolean,
): Promise<number> => {
  let skipped = 0;
  for (const { shard, interactions } of parts)
    skipped += await readShard(ports, { key: keys.interactions(runId, shard), rows: interactions }, take);
  return skipped;
};

/** The same for the users of an export. */
export const readUsers = async (
  ports: NightPorts,
  { runId, parts }: { runId: string; parts: readonly ExportPart[] },
  take: (row: Record<string, unknown>) => boolean,
): Promise<number> => {
  let skipped = 0;
  for (const { shard, users } of parts)
    skipped += await readShard(ports, { key: keys.users(runId, shard), rows: users }, take);
  return skipped;
};
