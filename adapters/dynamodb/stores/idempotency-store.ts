import { Conflict } from '../../../core/errors.ts';
import {
  claimRequest,
  forgetRequest,
  giveUpRequest,
  keepAnswer,
  readRequest,
} from '../access-patterns/idempotency.ts';
import type { Database } from '../database.ts';
import { answerFromItem, answerToItem, COMPLETED } from '../entities/idempotency.ts';
import type { Begun, IdempotencyKey, IdempotencyStore } from '../store-types.ts';

const begin = async (
  database: Database,
  id: IdempotencyKey,
  bodyHash: string,
  now: number,
): Promise<Begun> => {
  const firstAt = await claimRequest(database, id, bodyHash, now);
  if (firstAt !== undefined) return { state: 'started', firstAt };
  const item = await readRequest(database, id);
  if (item && item.bodyHash !== bodyHash) {
    throw new Conflict('This idempotency key was used with another body');
  }
  if (item?.status === COMPLETED) return { state: 'completed', answer: answerFromItem(item) };
  return { state: 'in progress' };
};

/** Answers by idempotency key and caller. */
export const idempotencyStore = (database: Database): IdempotencyStore => ({
  begin: (id, bodyHash, now) => begin(database, id, bodyHash, now),
  complete: async (id, bodyHash, answer, now) => {
    const item = answerToItem(id, bodyHash, answer, now);
    await (item ? keepAnswer(database, item, bodyHash) : forgetRequest(database, id));
  },
  giveUp: async (id) => {
    await giveUpRequest(database, id);
  },
  release: async (id) => {
    await forgetRequest(database, id);
  },
});
