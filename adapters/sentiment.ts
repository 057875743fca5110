import Sentiment from 'sentiment';

const analyser = new Sentiment();

/**
 * Sentiment of a text from -1 to 1: AFINN-165 gives each word (or emoji) -5 to 5, turned round by a negation before it;
 * tanh of their mean keeps the range without cutting the difference between strong texts. 0 where no word is known.
 */
export const sentimentOfText = (text: string): number => {
  const { score, words } = analyser.analyze(text.slice(0, 5_000));
  return words.length === 0 ? 0 : Math.round(Math.tanh(score / words.length / 2) * 1000) / 1000;
};
