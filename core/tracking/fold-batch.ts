import { activityHour } from '../journal/activity-hour.ts';
import type { ActivityStore } from '../journal/ports.ts';
import { allowsTracking } from '../privacy/consent.ts';
import type { QueuedBatch, QueuedGroup } from './queue-batches.ts';
import { type SentimentOf, withSentiment } from './sentiment.ts';
import { type TrackedUser, type TrackingPorts, trackLoaded } from './track-interactions.ts';

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

type LoadedGroup = { readonly group: QueuedGroup; readonly user: TrackedUser };

/** Works on all, a few side by side; one that fails stops none of the others, and its error is noted. */
const each = async <T>(elements: readonly T[], failures: unknown[], work: (element: T) => Promise<void>) => {
  const waiting = [...elements];
  const worker = async () => {
    for (let element = waiting.shift(); element; element = waiting.shift()) {
      await work(element).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
};

/** The groups whose users may be tracked, each with what was read of the user: of the others nothing may be written. */
const loadTrackable = async ({ users }: FoldPorts, { batch, now }: FoldRequest, failures: unknown[]) => {
  const loaded: LoadedGroup[] = [];
  await each(batch.groups, failures, async (group) => {
    const { profile, journal, sticky } = await users.load(group.userId, { parts: 'ledger', now });
    if (allowsTracking(profile)) loaded.push({ group, user: { profile, journal, sticky } });
  });
  return loaded;
};

/**
 * Folds one message of the queue, user by user, once those who may be tracked are marked active. Throws when any user
 * could not be folded: the message is then delivered again, and those that were folded are recognised as counted.
 */
export const foldBatch = async (ports: FoldPorts, request: FoldRequest): Promise<Folded> => {
  const failures: unknown[] = [];
  const loaded = await loadTrackable(ports, request, failures);
  const userIds = loaded.map(({ group }) => group.userId);
  if (loaded.length > 0) {
    await ports.activity.markBatch(activityHour(request.now), request.messageId, userIds);
  }
  const folded: Folded = { users: 0, counted: 0, duplicates: 0 };
  await each(loaded, failures, async (one) => {
    const tracked = await foldGroup(ports, request, one);
    folded.users += 1;
    folded.counted += tracked.counted;
    folded.duplicates += tracked.duplicates;
  });
  if (failures.length > 0) throw failures[0];
  return folded;
};

const foldGroup = (
  ports: FoldPorts,
  { batch, now, retentionMs }: FoldRequest,
  { group: { userId, interactions }, user }: LoadedGroup,
) => {
  const received = interactions.map((interaction) =>
    withSentiment({ ...interaction, userId, receivedAt: batch.receivedAt }, ports.sentimentOf),
  );
  return trackLoaded(ports, { userId, interactions: received, now, retentionMs, marked: true }, user);
};
