import type { CountedInteraction } from '../profile/types.ts';
import { emptyState } from './empty-state.ts';
import { countFresh, knownFacts } from './fold-page.ts';
import type { StoredUser } from './ports.ts';

/** What counts of a user: each stored interaction once, in the order of its arrival, without those that a reset forgot. */
export const storedInteractions = ({ state, pages }: Pick<StoredUser, 'state' | 'pages'>) =>
  countFresh(
    pages.flatMap((page) => page.interactions),
    knownFacts(emptyState),
    state.resetAt,
  ) satisfies CountedInteraction[];
