import type { Interaction } from '../../profile/types.ts';
import { draft, numbered } from './draft.ts';
import type { Fact } from './types.ts';
import { cleaned } from './words.ts';

const FEEDBACKS = 3;
const LONGEST = 300;
/** Sentiments nearer to 0 are neutral. */
const CLEAR_SENTIMENT = 0.2;

const moodOf = (sentiment: number): string => {
  if (Math.abs(sentiment) < CLEAR_SENTIMENT) return 'neutral';
  return sentiment > 0 ? 'positive' : 'negative';
};

/** The newest three texts that the user wrote about something, 300 characters each. For prompts only: they are not part of the hash. */
export const feedbackFacts = (interactions: readonly Interaction[]): Fact[] =>
  numbered(
    [...interactions]
      .sort((a, b) => b.occurredAt - a.occurredAt)
      .map(({ feedback = '', sentiment = 0 }) => ({
        text: cleaned(feedback, LONGEST),
        mood: moodOf(sentiment),
      }))
      .filter(({ text }) => text !== '')
      .slice(0, FEEDBACKS)
      .map(({ text, mood }) =>
        draft('feedback', `Wrote (${mood}): "${text}"`, { names: { text }, words: { mood } }),
      ),
  );
