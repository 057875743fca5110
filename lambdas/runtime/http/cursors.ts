import { randomBytes } from 'node:crypto';
import { settings } from '../ports/table-ports.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

let key: Buffer | undefined;

/** The installation's own key; no round trip but for a process's first. */
export const signingKey = async (): Promise<Buffer> => {
  key ??= Buffer.from(await settings().cursorKey(() => randomBytes(32).toString('base64')), 'base64');
  return key;
};

/** The position that a cursor of this list stands for; undefined for the first page. Throws `Invalid` when tampered. */
export const positionOf = async <T>(scope: string, cursor: string | undefined): Promise<T | undefined> =>
  cursor === undefined ? undefined : decodeCursor<T>(await signingKey(), scope, cursor);

/** The cursor of a position; null at the end of the list. */
export const cursorOf = async (scope: string, position: unknown): Promise<string | null> =>
  position === null || position === undefined ? null : encodeCursor(await signingKey(), scope, position);
