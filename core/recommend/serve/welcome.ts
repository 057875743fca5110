import type { Behaviour } from '../../profile/behaviour.ts';
import type { StoredProfile } from '../../profile/stored-profile.ts';
import { engagementLevel } from '../../profile/view/engagement-level.ts';
import { personalizationScore } from '../../profile/view/personalization-score.ts';
import { hasAnswers } from '../../questionnaire/questions.ts';
import {
  questionnaireEngagement,
  questionnaireParts,
  questionnaireScore,
} from '../../questionnaire/score.ts';
import { shownScore } from '../answers.ts';
import { plainRequest } from '../ask.ts';
import type { MatchingDefinition } from '../matching.ts';
import { decide, type ServingPorts } from './decide.ts';

/** How many recommendations come with a created or changed profile. */
const WELCOME_ITEMS = 6;

/**
 * The score and the engagement (1-5) that come with a profile: of the questionnaire where it is answered, with its parts, else how much
 * the engine knows and what the behaviour shows. Of two levels the higher one counts.
 */
export const welcomeScore = (
  { questionnaire }: StoredProfile,
  known: { score: number; level: number },
  now: number,
) => {
  const data = questionnaire?.data;
  if (!hasAnswers(data)) return { score: known.score, engagementLevel: known.level };
  return {
    score: questionnaireScore(data, now),
    scoreParts: questionnaireParts(data, now),
    engagementLevel: Math.max(known.level, questionnaireEngagement(data, now)),
  };
};

export type WelcomeAsk = {
  readonly userId: string;
  readonly now: number;
  readonly newId: () => string;
  readonly profile: StoredProfile;
  readonly behaviour: Behaviour;
  /** How the product matches its contents with answers. */
  readonly matching: MatchingDefinition;
};

/**
 * The first recommendations for a profile as it stands now, and its score. Contents are matched with the answers of the questionnaire
 * here and on the homepage only: elsewhere the answers' words count as interests, under weights that were learned from
 * interactions, and matching has no part in what these were chosen by.
 */
export const welcome = async (ports: ServingPorts, ask: WelcomeAsk) => {
  const { userId, now, newId, profile, behaviour, matching } = ask;
  const request = plainRequest({ limit: WELCOME_ITEMS, diversity: 0.2, now });
  const decided = await decide(ports, { userId, context: 'profile', request, newId, matching });
  const score = personalizationScore(profile, behaviour, now);
  return {
    enabled: decided.source !== 'fallback',
    ...welcomeScore(profile, { score, level: engagementLevel(behaviour, now) }, now),
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
