import type { QuestionnaireData, StoredProfile } from '../profile/stored-profile.ts';
import { questionnaireScore } from './score.ts';

/** Adds answers to those given before and scores the whole. */
export const applyQuestionnaire = (
  profile: StoredProfile,
  answers: QuestionnaireData,
  now: number,
): StoredProfile => {
  const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
  const data: QuestionnaireData = { ...profile.questionnaire?.data, ...given };
  return {
    ...profile,
    questionnaire: { data, score: questionnaireScore(data, now), answeredAt: now },
    updatedAt: now,
  };
};
