import { INVOLVEMENT } from './vocabulary.ts';
import { hasPhrase, phraseText } from './words.ts';

const LEVELS = INVOLVEMENT.map(([level, phrases]) => [level, phrases?.map(phraseText) ?? []] as const);

/** How far somebody wants to take part, 0-1, from their own words; undefined where they do not say. The lowest that is said counts. */
export const involvementOf = (answer: string | undefined): number | undefined => {
  if (answer === undefined) return undefined;
  const words = phraseText(answer);
  return LEVELS.find(([, phrases]) => hasPhrase(words, phrases))?.[0];
};
