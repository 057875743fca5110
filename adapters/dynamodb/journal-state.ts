import { emptyState } from '../../core/journal/empty-state.ts';
import type { JournalState } from '../../core/journal/ports.ts';
import { BEHAVIOUR_SORT, behaviourFromItem } from './entities/behaviour.ts';
import { LEDGER_SORT, ledgerFromItem } from './entities/ledger-run.ts';
import type { Item } from './keys.ts';

const isRun = (item: Item): boolean => String(item.SK).startsWith(LEDGER_SORT);

/**
 * The committed state from the behaviour and the ledger runs, in key order. A run may hold more than the behaviour
 * vouches for (its writer died, or was read in between): the rest is not committed and is cut off. It may hold
 * less when an eventually consistent read brought an older copy: undefined then, read again.
 */
export const journalStateFrom = (items: readonly Item[]): JournalState | undefined => {
  const item = items.find(({ SK }) => SK === BEHAVIOUR_SORT);
  if (!item) return emptyState;
  const { state, sealed } = behaviourFromItem(item);
  const facts = items.filter(isRun).flatMap((run) => ledgerFromItem(run).facts);
  return facts.length < sealed ? undefined : { ...state, sealedFacts: facts.slice(0, sealed) };
};
