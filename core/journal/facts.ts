import { isCompletion, isDismissal } from '../profile/fold/signal-table.ts';
import type { Interaction } from '../profile/types.ts';
import { factHash } from './fact-hash.ts';
import type { Membership } from './ports.ts';

const contentFacts = (contentId: string, interaction: Interaction): number[] => {
  const facts = [factHash('seen', contentId)];
  if (isCompletion(interaction)) facts.push(factHash('completed', contentId));
  if (isDismissal(interaction)) facts.push(factHash('dismissed', contentId));
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
