import type { Interaction } from '../profile/types.ts';

/** Scores a text from -1 (negative) to 1 (positive). */
export type SentimentOf = (text: string) => number;

const NAMED: ReadonlyMap<string, number> = new Map([
  ['positive', 1],
  ['negative', -1],
  ['neutral', 0],
]);

/** The interaction with the sentiment of its feedback, where it has feedback: a named one as it says, a text as scored. */
export const withSentiment = (interaction: Interaction, sentimentOf: SentimentOf): Interaction => {
  const text = interaction.feedback?.trim() ?? '';
  if (text === '' || interaction.sentiment !== undefined) return interaction;
  return { ...interaction, sentiment: NAMED.get(text.toLowerCase()) ?? sentimentOf(text) };
};
