import type { QuestionnaireData, StoredProfile } from '../../profile/stored-profile.ts';
import { hasAnswers, isAnswered, QUESTIONS } from '../../questionnaire/questions.ts';
import { draft, type FactDraft } from './draft.ts';

const stateOf = (data: QuestionnaireData): keyof typeof SAYS => {
  if (!hasAnswers(data)) return 'none';
  return QUESTIONS.every((question) => isAnswered(data[question])) ? 'complete' : 'some';
};

const SAYS = {
  none: 'No question of the questionnaire is answered',
  some: 'Some questions of the questionnaire are answered',
  complete: 'All questions of the questionnaire are answered',
} as const;

/** How far the questionnaire is answered; nothing of users who never sent one. */
export const answerFacts = ({ questionnaire }: Pick<StoredProfile, 'questionnaire'>): FactDraft[] => {
  if (!questionnaire) return [];
  const [state, percent] = [stateOf(questionnaire.data), Math.round(questionnaire.score)];
  const says = `${SAYS[state]} (score ${percent} %)`;
  return [draft('answers', says, { words: { state }, numbers: { percent } })];
};
