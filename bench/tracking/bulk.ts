import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { Interaction } from '../../core/profile/types.ts';
import { foldBatch } from '../../core/tracking/fold-batch.ts';
import { normaliseInteraction } from '../../core/tracking/normalise.ts';
import { queueBatches } from '../../core/tracking/queue-batches.ts';
import { addUse, NO_USE, sharedUse, type TableUse } from '../units/table-use.ts';
import type { MeteredTable } from './metered-table.ts';
import { type Detail, ids, uuid, type Visit, visits } from './visits.ts';

const RETENTION_MS = 400 * 86_400_000;
const SENT_AFTER_MS = 5_000;

export type BulkSize = { readonly users: number; readonly perUser: number; readonly batches: number };

/** One request of the bulk endpoint: use per interaction, and how many queue messages it became. */
export type BatchUse = { readonly perInteraction: TableUse; readonly messages: number };

type Sender = { readonly userId: string; readonly visits: Iterator<Visit, undefined> };

const next = ({ visits: own }: Sender): Visit => {
  const { value } = own.next();
  if (!value) throw new Error('The user has no more interactions');
  return value;
};

/** A device sends what happened since it last did: interactions carry their own times. */
const request = (senders: readonly Sender[], perUser: number, newId: () => string): Interaction[] => {
  const collected = senders.map((sender) => Array.from({ length: perUser }, () => next(sender)));
  const now = Math.max(...collected.flat().map(({ at }) => at)) + SENT_AFTER_MS;
  return senders.flatMap(({ userId }, index) =>
    (collected[index] ?? []).map(({ sent, at }) =>
      normaliseInteraction(
        { ...sent, occurredAt: new Date(at).toISOString() },
        { userId, now, retentionMs: RETENTION_MS, newId },
      ),
    ),
  );
};

const foldAll = async (
  table: MeteredTable,
  interactions: readonly Interaction[],
  batch: number,
): Promise<BatchUse> => {
  const now = interactions[0]?.receivedAt ?? 0;
  const messages = queueBatches(interactions, `batch-${batch}`, now);
  table.takeUse();
  let used = NO_USE;
  for (const [index, message] of messages.entries()) {
    const messageId = `00000000-0000-4000-8000-${String(batch * 1000 + index).padStart(12, '0')}`;
    await foldBatch(table.ports, { batch: message, messageId, now, retentionMs: RETENTION_MS });
    used = addUse(used, table.takeUse());
  }
  return { messages: messages.length, perInteraction: sharedUse(used, interactions.length) };
};

/** Sends one bulk request after the other for the same users, through the messages of the queue and the worker's fold. */
export const bulkTracking = async (
  table: MeteredTable,
  { detail, size, seed }: { detail: Detail; size: BulkSize; seed: number },
): Promise<BatchUse[]> => {
  const random = seededRandom(seed);
  const newId = ids(seed + 1);
  const senders = Array.from({ length: size.users }, () => ({
    userId: uuid(random),
    visits: visits(detail, size.perUser * size.batches, random) as Iterator<Visit, undefined>,
  }));
  const uses: BatchUse[] = [];
  for (let batch = 0; batch < size.batches; batch++) {
    uses.push(await foldAll(table, request(senders, size.perUser, newId), batch));
  }
  return uses;
};
