import type { QuestionnaireData } from '../profile/stored-profile.ts';
import { budgetOf, isClosed } from './budget.ts';
import { daysIn } from './duration.ts';
import { isAnswered } from './questions.ts';
import { FORMAT_NAMES } from './vocabulary.ts';
import { namesIn } from './words.ts';

/** How much each clear answer counts; together 1. */
const WEIGHTS = { logline: 0.25, description: 0.25, format: 0.2, budget: 0.15, timeline: 0.15 } as const;

/** Distinct words and concrete ones (names, numbers, long words) at which a text is as clear as can be. */
const FULL = { logline: { words: 12, concrete: 4 }, description: { words: 50, concrete: 12 } } as const;
/** What is said, but cannot be read as what was asked for. */
const VAGUE = 0.3;
const LONG_WORD = 7;
const LONGEST_WORD = 40;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Of the letters of a long Latin word; "Rechtsschutz" has a sixth. */
const FEWEST_VOWELS = 0.15;

const vowelShare = (word: string): number => word.replace(/[^aeiouy]/g, '').length / word.length;

/** Keyboard noise: one letter over and over, Latin letters with hardly a vowel, or far too long. */
const isNoise = (word: string): boolean =>
  word.length > LONGEST_WORD ||
  /(.)\1{3}/u.test(word) ||
  (/^[a-z]{5,}$/.test(word) && vowelShare(word) < FEWEST_VOWELS);

const isLatin = (word: string): boolean => /^\p{Script=Latin}+$/u.test(word);

/** A word that says something in particular; scripts without capitals or blanks write long words in two characters. */
const isConcrete = (word: string): boolean =>
  /\p{N}/u.test(word) ||
  (isLatin(word) ? word.length >= LONG_WORD || /^\p{Lu}\p{Ll}/u.test(word) : word.length >= 2);

/** 0-1: half for distinct words, half for concrete ones. More words never lower it. */
const textClarity = (text: string | undefined, full: { words: number; concrete: number }): number => {
  if (text === undefined) return 0;
  const distinct = new Map<string, boolean>();
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const word = segment.toLowerCase();
    if (!isWordLike || isNoise(word.normalize('NFD').replace(/\p{M}/gu, ''))) continue;
    distinct.set(word, (distinct.get(word) ?? false) || isConcrete(segment));
  }
  const concrete = [...distinct.values()].filter(Boolean).length;
  return 0.5 * Math.min(1, distinct.size / full.words) + 0.5 * Math.min(1, concrete / full.concrete);
};

const budgetClarity = (answer: QuestionnaireData['budget']): number => {
  const budget = budgetOf(answer);
  if (!budget) return isAnswered(answer) ? VAGUE : 0;
  if (!isClosed(budget)) return 0.8;
  return budget.max <= 3 * budget.min ? 1 : 0.7;
};

const timelineClarity = (answer: string | undefined, now: number): number => {
  if (!isAnswered(answer)) return 0;
  const days = daysIn(answer ?? '', now);
  if (!days) return VAGUE;
  return days.max <= 400 ? 1 : 0.6;
};

const formatClarity = (answer: string | undefined): number => {
  if (!isAnswered(answer)) return 0;
  return namesIn(answer ?? '', FORMAT_NAMES).length > 0 ? 1 : VAGUE;
};

/**
 * How clear the answers are, 0-1: length and specificity of logline and description (.25 each), a format that is known (.20), a budget
 * (.15) and a timeline (.15) that can be read as numbers. What is not answered counts 0, what is vague .3 of its weight. `now` in ms.
 */
export const clarityOf = (data: QuestionnaireData, now: number): number =>
  WEIGHTS.logline * textClarity(data.logline, FULL.logline) +
  WEIGHTS.description * textClarity(data.description, FULL.description) +
  WEIGHTS.format * formatClarity(data.format) +
  WEIGHTS.budget * budgetClarity(data.budget) +
  WEIGHTS.timeline * timelineClarity(data.timeline, now);
