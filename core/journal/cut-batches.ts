import type { Interaction } from '../profile/types.ts';

/** Limits of one page: its item must stay far below the store's 400 KB, whatever the interactions carry. */
const LIMITS = { interactions: 250, characters: 150_000 };

/** Cuts a user's interactions into batches that fit a page each, in their order. */
export const cutBatches = (interactions: readonly Interaction[], limits = LIMITS): Interaction[][] => {
  const batches: Interaction[][] = [];
  let batch: Interaction[] = [];
  let characters = 0;
  for (const interaction of interactions) {
    const size = JSON.stringify(interaction).length;
    if (batch.length > 0 && (batch.length >= limits.interactions || characters + size > limits.characters)) {
      batches.push(batch);
      batch = [];
      characters = 0;
    }
    batch.push(interaction);
    characters += size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
};
