declare module 'wink-sentiment' {
  /** Score of a phrase; `normalizedScore` is per scored word, about -5 to 5. */
  export default function winkSentiment(phrase: string): { score: number; normalizedScore: number };
}
