import { type Caller, mayActFor } from '../access/caller.ts';
import { type FieldError, Forbidden, Invalid } from '../errors.ts';
import type { Interaction } from '../profile/types.ts';
import { type NormaliseContext, normaliseInteraction, type SentInteraction } from './normalise.ts';
import { type QueuedBatch, queueBatches } from './queue-batches.ts';

/** Durable once `sendBatches` resolves; throws when a part could not be queued. */
export type InteractionQueue = { sendBatches(batches: readonly QueuedBatch[]): Promise<void> };

/** One element of a bulk call after its schema: the interaction, or what is wrong with it. */
export type CheckedInteraction =
  | { readonly sent: SentInteraction & { userId?: string }; readonly errors?: undefined }
  | { readonly sent?: undefined; readonly errors: readonly FieldError[] };

export type BatchRequest = {
  readonly caller: Caller;
  /** Who an interaction is about that names nobody. */
  readonly userId: string;
  readonly checked: readonly CheckedInteraction[];
  readonly batchId: string;
  readonly context: Omit<NormaliseContext, 'userId'>;
};

export type BatchAnswer = {
  accepted: number;
  rejected: { index: number; errors: FieldError[] }[];
  batchId: string;
};

const resolved = (request: BatchRequest, checked: CheckedInteraction): Interaction => {
  if (checked.errors) throw new Invalid(checked.errors);
  const userId = checked.sent.userId ?? request.userId;
  if (!mayActFor(request.caller, userId)) throw new Forbidden();
  return normaliseInteraction(checked.sent, { ...request.context, userId });
};

const rejection = (error: unknown): FieldError[] => {
  if (error instanceof Invalid) return [...error.errors];
  if (error instanceof Forbidden) return [{ path: 'userId', message: error.message }];
  throw error;
};

/**
 * Takes what is good of a bulk call and queues it; every bad interaction is rejected by itself, with its index.
 * Ids are given here, before the queue, so that a redelivery is recognised.
 */
export const acceptBatch = async (queue: InteractionQueue, request: BatchRequest): Promise<BatchAnswer> => {
  const accepted: Interaction[] = [];
  const rejected: BatchAnswer['rejected'] = [];
  for (const [index, checked] of request.checked.entries()) {
    try {
      accepted.push(resolved(request, checked));
    } catch (error) {
      rejected.push({ index, errors: rejection(error) });
    }
  }
  if (accepted.length > 0)
    await queue.sendBatches(queueBatches(accepted, request.batchId, request.context.now));
  return { accepted: accepted.length, rejected, batchId: request.batchId };
};
