import type { JournalState, JournalStore } from '../journal/ports.ts';
import type { Interaction } from '../profile/types.ts';
import { type Action, actionsOf } from './actions.ts';

/** What one question may read: two requests of 40 pages, the last one not full (a full one asks for more). */
const MOST_PAGES = 79;
export const MOST_ACTIONS = 300;

/**
 * The user's newest stored actions, oldest first: up to 300, from the newest 79 pages of the journal. One or two round
 * trips; pages come by arrival, so that something told very late may stand for something newer.
 */
export const recentActions = async (
  store: Pick<JournalStore, 'pages'>,
  userId: string,
  { seq, resetSeq }: Pick<JournalState, 'seq' | 'resetSeq'>,
): Promise<Action[]> => {
  const fromSeq = Math.max(resetSeq + 1, seq - MOST_PAGES + 1);
  const interactions: Interaction[] = [];
  for await (const page of store.pages({ userId, fromSeq, toSeq: seq, order: 'newest first' })) {
    interactions.push(...page.interactions);
    if (interactions.length >= MOST_ACTIONS) break;
  }
  return actionsOf(interactions).slice(-MOST_ACTIONS);
};
