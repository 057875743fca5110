import type { TextSlot } from '../ports.ts';
import type { TextPurpose } from '../types.ts';
import type { InsightPorts } from './ports.ts';
import type { TextChoice } from './text-choice.ts';

/** The text that an answer would have liked to have. */
export type MissedText = {
  readonly userId: string;
  readonly slot: TextSlot;
  readonly hash: string;
  readonly now: number;
};

/** So long a text that was asked for is waited for before it is asked for again, in ms. */
const ASKED_MS = 600_000;

/**
 * Queues the request for a text where one is wanted and nobody asked for it yet; for users without consent to AI none ever is. A loss
 * is told, not thrown: the answer has its texts by rules.
 */
export const askIfWanted = async (
  { texts, queue, events }: Pick<InsightPorts, 'texts' | 'queue' | 'events'>,
  choice: TextChoice<TextPurpose>,
  { userId, slot, hash, now }: MissedText,
): Promise<void> => {
  if (choice.by === 'model' || !choice.wanted) return;
  try {
    const isFirst = await texts.ask(userId, slot, { hash, now, until: now + ASKED_MS });
    if (isFirst) await queue.send({ userId, slot, hash });
  } catch (error) {
    events.lost('request for a text', error);
  }
};
