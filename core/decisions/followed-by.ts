import type { JournalStore } from '../journal/ports.ts';
import type { Interaction } from '../profile/types.ts';
import { parseRecommendationId } from '../recommend/serve/decision-trace.ts';
import { parseDecisionId } from './decision-id.ts';
import type { Decision } from './ports.ts';

/** An interaction that names the decision which it followed from. */
export type Following = Pick<Interaction, 'interactionId' | 'type' | 'contentId' | 'position' | 'occurredAt'>;

/** Pages and decisions are written by different machines. */
const CLOCKS_APART_MS = 600_000;

/** How many are told of. */
export const MOST_FOLLOWING = 100;

/** The bare id of the decision that an interaction names, by `decisionId` or `recommendationId`. */
const decisionNamedBy = ({ decisionId, recommendationId }: Interaction): string | undefined => {
  const whole = decisionId ?? (recommendationId && parseRecommendationId(recommendationId)?.decisionId);
  return whole === undefined ? undefined : parseDecisionId(whole)?.bare;
};

/**
 * What the user did that names this decision, oldest first, at most 100. Pages that were written before the decision are not read: nothing in
 * them can name it.
 */
export const followedBy = async (
  journal: Pick<JournalStore, 'pages'>,
  { userId, decisionId, decidedAt }: Pick<Decision, 'userId' | 'decisionId' | 'decidedAt'>,
): Promise<Following[]> => {
  const everything = { userId, fromSeq: 1, toSeq: Number.MAX_SAFE_INTEGER, order: 'newest first' } as const;
  const found: Interaction[] = [];
  for await (const { recordedAt, interactions } of journal.pages(everything)) {
    if (recordedAt < decidedAt - CLOCKS_APART_MS) break;
    found.push(...interactions.filter((interaction) => decisionNamedBy(interaction) === decisionId));
  }
  return [...new Map(found.map((interaction) => [interaction.interactionId, interaction])).values()]
    .sort((a, b) => a.occurredAt - b.occurredAt)
    .slice(0, MOST_FOLLOWING)
    .map(({ interactionId, type, contentId, position, occurredAt }) => ({
      interactionId,
      type,
      contentId,
      position,
      occurredAt,
    }));
};
