import type { Interaction } from '../profile/types.ts';
import { messageText } from './message-text.ts';

export type QueuedGroup = { userId: string; interactions: Omit<Interaction, 'userId' | 'receivedAt'>[] };

/** One message of the interactions queue; its wire schema is `contracts/messages/interactions.ts`. */
export type QueuedBatch = { version: 1; batchId: string; receivedAt: number; groups: QueuedGroup[] };

/** Below the 256 KB of a queue message, with room for the envelope. */
const MAX_MESSAGE_BYTES = 240_000;
/** A message is one unit of retry: it must fold well within the worker's time. */
const MAX_MESSAGE_INTERACTIONS = 500;

const byUser = (interactions: readonly Interaction[]): Map<string, QueuedGroup['interactions']> => {
  const groups = new Map<string, QueuedGroup['interactions']>();
  for (const { userId, receivedAt: _, ...interaction } of interactions) {
    const group = groups.get(userId);
    if (group) group.push(interaction);
    else groups.set(userId, [interaction]);
  }
  return groups;
};

/**
 * Cuts a batch into messages below the queue's size limit. A user's interactions stay together where they fit, so that
 * the worker folds a user once per message.
 */
export const queueBatches = (
  interactions: readonly Interaction[],
  batchId: string,
  receivedAt: number,
): QueuedBatch[] => {
  const batches: QueuedBatch[] = [];
  let groups: QueuedGroup[] = [];
  let bytes = 0;
  let count = 0;
  const close = () => {
    if (groups.length > 0) batches.push({ version: 1, batchId, receivedAt, groups });
    groups = [];
    bytes = 0;
    count = 0;
  };
  for (const [userId, all] of byUser(interactions)) {
    for (const part of fitting(all)) {
      if (
        bytes + part.bytes > MAX_MESSAGE_BYTES ||
        count + part.interactions.length > MAX_MESSAGE_INTERACTIONS
      )
        close();
      groups.push({ userId, interactions: part.interactions });
      bytes += part.bytes + userId.length + 40;
      count += part.interactions.length;
    }
  }
  close();
  return batches;
};

const encoder = new TextEncoder();

/** One user's interactions in runs that each fit a message by themselves. */
function* fitting(
  all: QueuedGroup['interactions'],
): Generator<{ interactions: QueuedGroup['interactions']; bytes: number }> {
  let interactions: QueuedGroup['interactions'] = [];
  let bytes = 0;
  for (const interaction of all) {
    const size = encoder.encode(messageText(interaction)).length + 1;
    if (
      interactions.length > 0 &&
      (bytes + size > MAX_MESSAGE_BYTES || interactions.length >= MAX_MESSAGE_INTERACTIONS)
    ) {
      yield { interactions, bytes };
      interactions = [];
      bytes = 0;
    }
    interactions.push(interaction);
    bytes += size;
  }
  if (interactions.length > 0) yield { interactions, bytes };
}
