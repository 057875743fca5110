import { emptyBehaviour } from '../profile/behaviour.ts';
import type { CountedInteraction, Interaction } from '../profile/types.ts';
import { factHash } from './fact-hash.ts';
import { factsOf } from './facts.ts';
import type { Fold, JournalPage, JournalState } from './ports.ts';

/** A set of facts on top of another, so that trying a batch leaves what is committed untouched. */
export type KnownFacts = {
  has(fact: number): boolean;
  add(fact: number): void;
  readonly added: readonly number[];
};

/** Facts of a state, to which a page may add. */
export const knownFacts = (state: JournalState): KnownFacts => {
  const known = new Set([...state.sealedFacts, ...state.openFacts]);
  const added: number[] = [];
  return {
    has: (fact) => known.has(fact),
    add: (fact) => {
      if (known.has(fact)) return;
      known.add(fact);
      added.push(fact);
    },
    added,
  };
};

const countOne = (interaction: Interaction, known: KnownFacts): CountedInteraction => {
  const { sessionId } = interaction;
  const firstOfSession = sessionId !== undefined && !known.has(factHash('session', sessionId));
  factsOf(interaction).forEach(known.add);
  return { ...interaction, firstOfSession };
};

/**
 * The interactions that are not yet counted, each marked when it is the first of its session. Repeats within the
 * list and those received before the last reset are left out. `known` learns their facts.
 */
export const countFresh = (
  interactions: readonly Interaction[],
  known: KnownFacts,
  resetAt: number,
): CountedInteraction[] =>
  interactions
    .filter(({ receivedAt }) => receivedAt >= resetAt)
    .flatMap((interaction) =>
      known.has(factHash('id', interaction.interactionId)) ? [] : [countOne(interaction, known)],
    );

/**
 * The state after a page. Whoever computes it from the same state and page gets the same result, which is why another
 * worker may finish what a dead one began.
 */
export const foldPage = (
  state: JournalState,
  page: JournalPage,
  fold: Fold,
  known = knownFacts(state),
): JournalState => {
  const before = known.added.length;
  const counted = countFresh(page.interactions, known, state.resetAt);
  return {
    ...state,
    seq: page.seq,
    behaviour: fold(state.behaviour ?? emptyBehaviour(), counted),
    counted: state.counted + counted.length,
    newestAt: counted.reduce((newest, { occurredAt }) => Math.max(newest, occurredAt), state.newestAt),
    openFacts: [...state.openFacts, ...known.added.slice(before)],
  };
};
