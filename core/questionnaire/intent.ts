import type { QuestionnaireData } from '../profile/stored-profile.ts';
import { budgetOf } from './budget.ts';
import { daysIn } from './duration.ts';
import { involvementOf } from './involvement.ts';
import { isAnswered } from './questions.ts';
import { hasPhrase, phraseText } from './words.ts';

/** How much each sign of a firm wish counts; together 1. */
const WEIGHTS = { start_timing: 0.35, want_consult: 0.25, budget: 0.25, involvement: 0.15 } as const;

/** What is said but not understood, and "perhaps". */
const UNSURE = 0.5;
const EXPLORING = [
  'exploring',
  'just looking',
  'someday',
  'some day',
  'not sure',
  'no idea',
  'dreaming',
  'irgendwann',
  'un jour',
  'algun dia',
].map(phraseText);
const YES = [
  'yes',
  'true',
  'please',
  'sure',
  'definitely',
  'of course',
  'ja',
  'gerne',
  'oui',
  'si',
  'sim',
  'claro',
  'y',
].map(phraseText);
const NO = ['no', 'false', 'not', 'never', 'nein', 'non', 'nee', 'nicht', 'n'].map(phraseText);

/** The sooner the start, the firmer: within a month 1, three .8, half a year .6, a year .4, later .2. */
const STEPS: readonly (readonly [days: number, share: number])[] = [
  [31, 1],
  [95, 0.8],
  [190, 0.6],
  [400, 0.4],
  [Number.POSITIVE_INFINITY, 0.2],
];

const startShare = (answer: string | undefined, now: number): number => {
  if (answer === undefined || !isAnswered(answer)) return 0;
  if (hasPhrase(phraseText(answer), EXPLORING)) return 0.1;
  const days = daysIn(answer, now);
  return days ? (STEPS.find(([most]) => days.max <= most)?.[1] ?? UNSURE) : UNSURE;
};

/** 1 for yes, 0 for no, one half for anything else that is said. */
const consultShare = (answer: QuestionnaireData['want_consult']): number => {
  if (typeof answer === 'boolean') return answer ? 1 : 0;
  if (answer === undefined || !isAnswered(answer)) return 0;
  const words = phraseText(answer);
  if (hasPhrase(words, NO)) return 0;
  return hasPhrase(words, YES) ? 1 : UNSURE;
};

const involvementShare = (answer: string | undefined): number => {
  if (!isAnswered(answer)) return 0;
  const level = involvementOf(answer);
  return level === undefined ? UNSURE : 0.4 + 0.6 * level;
};

const budgetShare = (answer: QuestionnaireData['budget']): number => {
  if (budgetOf(answer)) return 1;
  return isAnswered(answer) ? 0.3 : 0;
};

/**
 * How firm the wish is, 0-1: how soon it starts (.35), whether a consultation is wanted (.25), whether a budget is stated (.25), how far
 * the client takes part (.15). What is not answered counts 0. `now` in ms.
 */
export const intentOf = (data: QuestionnaireData, now: number): number =>
  WEIGHTS.start_timing * startShare(data.start_timing, now) +
  WEIGHTS.want_consult * consultShare(data.want_consult) +
  WEIGHTS.budget * budgetShare(data.budget) +
  WEIGHTS.involvement * involvementShare(data.involvement);
