import type { QuestionnaireData } from '../profile/stored-profile.ts';
import { clarityOf } from './clarity.ts';
import { intentOf } from './intent.ts';
import { IMPORTANCE, isAnswered, QUESTIONS } from './questions.ts';

/** How much each part counts; together 1. */
export const SCORE_WEIGHTS = { completeness: 0.5, clarity: 0.3, intent: 0.2 } as const;

/** Parts of the score, 0-100 each. */
export type ScoreParts = { readonly completeness: number; readonly clarity: number; readonly intent: number };

const percent = (share: number): number => Math.round(100 * Math.min(1, share));

/** Answered questions by their importance, 0-1. */
const completenessOf = (data: QuestionnaireData): number =>
  QUESTIONS.filter((question) => isAnswered(data[question])).reduce(
    (sum, question) => sum + IMPORTANCE[question],
    0,
  );

const sharesOf = (data: QuestionnaireData, now: number): ScoreParts => ({
  completeness: completenessOf(data),
  clarity: clarityOf(data, now),
  intent: intentOf(data, now),
});

/** The parts of `questionnaireScore`. `now` in ms: "this year" is what is left of it. */
export const questionnaireParts = (data: QuestionnaireData, now: number): ScoreParts => {
  const { completeness, clarity, intent } = sharesOf(data, now);
  return { completeness: percent(completeness), clarity: percent(clarity), intent: percent(intent) };
};

/**
 * The questionnaire's score, 0-100: .5 completeness (the answered questions by importance) + .3 clarity + .2 intent. One more answer, and
 * more words in logline or description, never lower it.
 */
export const questionnaireScore = (data: QuestionnaireData, now: number): number => {
  const shares = sharesOf(data, now);
  return percent(
    SCORE_WEIGHTS.completeness * shares.completeness +
      SCORE_WEIGHTS.clarity * shares.clarity +
      SCORE_WEIGHTS.intent * shares.intent,
  );
};

const LEVELS = 5;

/**
 * Engagement that the answers show, 1-5 as on the profile: a fifth of the scale for each 20 points of .5 score + .5 intent. 1 where nothing
 * is answered.
 */
export const questionnaireEngagement = (data: QuestionnaireData, now: number): number => {
  const points = 0.5 * questionnaireScore(data, now) + 0.5 * questionnaireParts(data, now).intent;
  return Math.min(LEVELS, 1 + Math.floor((LEVELS * points) / 100));
};
