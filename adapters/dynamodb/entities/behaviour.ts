import { emptyState } from '../../../core/journal/empty-state.ts';
import { packFacts, unpackFacts } from '../../../core/journal/packed-facts.ts';
import type { JournalState } from '../../../core/journal/ports.ts';
import { type Item, key, PERSONALIZATION, userPartition } from '../keys.ts';
import { packBehaviour, unpackBehaviour } from './packed-behaviour.ts';

export const BEHAVIOUR_SORT = `${PERSONALIZATION}#BEHAVIOUR`;

export const behaviourKey = (userId: string) => key(userPartition(userId), BEHAVIOUR_SORT);

/** Rewritten with every interaction: zeros and empty parts are left out, since each byte counts. */
const unlessEmpty = <T extends string | number>(value: T): T | undefined => value || undefined;

export const behaviourToItem = (userId: string, state: JournalState): Item => ({
  ...behaviourKey(userId),
  EntityType: 'Behaviour',
  v: 1,
  seq: state.seq,
  revision: state.revision,
  interactions: state.counted,
  lastAt: unlessEmpty(state.newestAt),
  sealed: unlessEmpty(state.sealedFacts.length),
  open: state.openFacts.length > 0 ? packFacts(state.openFacts) : undefined,
  markedHour: unlessEmpty(state.markedHour),
  resetAt: unlessEmpty(state.resetAt),
  resetSeq: unlessEmpty(state.resetSeq),
  body: state.behaviour && packBehaviour(state.behaviour),
});

const packedFacts = (value: unknown): number[] => (value instanceof Uint8Array ? unpackFacts(value) : []);

/** The state without its sealed facts, which are in the ledger, and how many of those there must be. */
export const behaviourFromItem = (item: Item): { state: JournalState; sealed: number } => ({
  sealed: Number(item.sealed ?? 0),
  state: {
    ...emptyState,
    seq: Number(item.seq),
    revision: Number(item.revision),
    counted: Number(item.interactions),
    newestAt: Number(item.lastAt ?? 0),
    openFacts: packedFacts(item.open),
    markedHour: String(item.markedHour ?? ''),
    resetAt: Number(item.resetAt ?? 0),
    resetSeq: Number(item.resetSeq ?? 0),
    behaviour: item.body ? unpackBehaviour(item.body) : undefined,
  },
});
