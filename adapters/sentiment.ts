import winkSentiment from 'wink-sentiment';

/**
 * Sentiment of a text from -1 to 1: wink-sentiment (AFINN-165 words and emoji, negation) gives about -5 to 5 per
 * scored word; tanh brings it into the range without cutting differences between strong texts.
 */
export const sentimentOfText = (text: string): number => {
  const { normalizedScore } = winkSentiment(text.slice(0, 5_000));
  return Math.round(Math.tanh(normalizedScore / 3) * 1000) / 1000;
};
