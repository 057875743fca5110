import type { Interaction } from '../profile/types.ts';
import { factHash } from './fact-hash.ts';
import type { Membership } from './ports.ts';

const COMPLETING = new Set(['complete', 'completed', 'purchase', 'purchased', 'converted']);
const DISMISSING = new Set(['dismiss', 'dismissed', 'hide', 'dislike', 'disliked', 'not_interested']);

/** A content counts as completed from this completion rate on. */
const COMPLETION_RATE = 0.95;

const isCompletion = (interaction: Interaction): boolean =>
  COMPLETING.has(interaction.type) || (interaction.completionRate ?? 0) >= COMPLETION_RATE;

const contentFacts = (contentId: string, interaction: Interaction): number[] => {
  const facts = [factHash('seen', contentId)];
  if (isCompletion(interaction)) facts.push(factHash('completed', contentId));
  if (DISMISSING.has(interaction.type)) facts.push(factHash('dismissed', contentId));
  return facts;
};

/** Everything that becomes known with one interaction, as hashes; the first is its own id. */
export const factsOf = (interaction: Interaction): number[] => [
  factHash('id', interaction.interactionId),
  ...(interaction.sessionId === undefined ? [] : [factHash('session', interaction.sessionId)]),
  ...(interaction.contentId === undefined ? [] : contentFacts(interaction.contentId, interaction)),
];

/** Questions that ranking asks about one content, answered from the user's facts. */
export const membership = (facts: ReadonlySet<number>): Membership => ({
  seen: (contentId) => facts.has(factHash('seen', contentId)),
  completed: (contentId) => facts.has(factHash('completed', contentId)),
  dismissed: (contentId) => facts.has(factHash('dismissed', contentId)),
});
