import { activityHour } from '../journal/activity-hour.ts';
import type { ActivityStore } from '../journal/ports.ts';
import type { QueuedBatch, QueuedGroup } from './queue-batches.ts';
import { type SentimentOf, withSentiment } from './sentiment.ts';
import { type TrackingPorts, trackInteractions } from './track-interactions.ts';

export type FoldPorts = TrackingPorts & {
  readonly activity: ActivityStore;
  readonly sentimentOf: SentimentOf;
};

export type FoldRequest = {
  readonly batch: QueuedBatch;
  /** The queue's own id of the message: equal in every delivery. */
  readonly messageId: string;
  /** ms since the epoch */
  readonly now: number;
  readonly retentionMs: number;
};

export type Folded = { users: number; counted: number; duplicates: number };

/** Users of one message that are folded side by side. */
const CONCURRENCY = 8;

/**
 * Folds one message of the queue, user by user. Throws when any user could not be folded: the message is then
 * delivered again, and those that were folded are recognised as counted.
 */
export const foldBatch = async (ports: FoldPorts, request: FoldRequest): Promise<Folded> => {
  const { batch, messageId, now } = request;
  await ports.activity.markBatch(
    activityHour(now),
    messageId,
    batch.groups.map(({ userId }) => userId),
  );
  const waiting = [...batch.groups];
  const folded: Folded = { users: 0, counted: 0, duplicates: 0 };
  const failures: unknown[] = [];
  const drain = async () => {
    for (let group = waiting.shift(); group; group = waiting.shift()) {
      try {
        const tracked = await foldGroup(ports, request, group);
        folded.users += 1;
        folded.counted += tracked.counted;
        folded.duplicates += tracked.duplicates;
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, drain));
  if (failures.length > 0) throw failures[0];
  return folded;
};

const foldGroup = (
  ports: FoldPorts,
  { batch, now, retentionMs }: FoldRequest,
  { userId, interactions }: QueuedGroup,
) =>
  trackInteractions(ports, {
    userId,
    interactions: interactions.map((interaction) =>
      withSentiment({ ...interaction, userId, receivedAt: batch.receivedAt }, ports.sentimentOf),
    ),
    now,
    retentionMs,
    marked: true,
  });
