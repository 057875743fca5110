import { shownScore } from '../answers.ts';
import { plainRequest } from '../ask.ts';
import { decide, type ServingPorts } from './decide.ts';

/** How many recommendations come with a created or changed profile. */
const WELCOME_ITEMS = 6;

/** The first recommendations for a profile as it stands now, with the engine's score of how much it knows. */
export const welcome = async (
  ports: ServingPorts,
  ask: { userId: string; now: number; newId: () => string; score: number },
) => {
  const { userId, now, newId, score } = ask;
  const request = plainRequest({ limit: WELCOME_ITEMS, diversity: 0.2, now });
  const decided = await decide(ports, { userId, context: 'profile', request, newId });
  return {
    enabled: decided.source !== 'fallback',
    score,
    recommendations: decided.items.map(({ item, itemId, reason, confidence }) => ({
      type: item.type,
      id: itemId,
      reason,
      confidence: shownScore(confidence),
    })),
    reason: decided.reason || undefined,
    decisionId: decided.decisionId,
    generatedAt: new Date(decided.generatedAt).toISOString(),
    source: decided.source,
  };
};
