import type { QuestionnaireData } from '../profile/stored-profile.ts';

export type Question = keyof QuestionnaireData;

/**
 * How much each of the twelve questions counts for completeness; together 1. Format and budget decide most about an offer, what is
 * nice to know decides least.
 */
export const IMPORTANCE: Readonly<Record<Question, number>> = {
  format: 0.14,
  budget: 0.14,
  description: 0.12,
  logline: 0.1,
  timeline: 0.1,
  project_for: 0.08,
  start_timing: 0.08,
  involvement: 0.06,
  materials: 0.06,
  personal_meaning: 0.04,
  excited_parts: 0.04,
  want_consult: 0.04,
};

export const QUESTIONS = Object.keys(IMPORTANCE) as Question[];

/** A `false` and a 0 are answers; an empty text, list or range is none. */
export const isAnswered = (answer: unknown): boolean => {
  if (answer === undefined || answer === null) return false;
  if (typeof answer === 'string') return answer.trim() !== '';
  if (Array.isArray(answer)) return answer.some(isAnswered);
  return typeof answer !== 'object' || Object.values(answer).some(isAnswered);
};

/** Whether any question is answered. */
export const hasAnswers = (data: QuestionnaireData | undefined): data is QuestionnaireData =>
  data !== undefined && QUESTIONS.some((question) => isAnswered(data[question]));
