import { describe, expect, it } from '@jest/globals';
import { withSentiment } from '../../../core/tracking/sentiment.ts';
import { NOON } from '../../support/interactions.ts';

const scored = (feedback: string | undefined, sentiment?: number) =>
  withSentiment(
    { interactionId: 'i', userId: 'ada', type: 'v', feedback, sentiment, occurredAt: NOON, receivedAt: NOON },
    (text) => (text.includes('good') ? 0.5 : -0.25),
  ).sentiment;

describe('the sentiment of an interaction', () => {
  it('is scored from words, and taken at its word where it is stated', () => {
    expect([' Positive ', 'negative', 'NEUTRAL'].map((text) => scored(text))).toEqual([1, -1, 0]);
    expect(['a good one', 'a bad one', '  ', undefined].map((text) => scored(text))).toEqual([
      0.5,
      -0.25,
      undefined,
      undefined,
    ]);
  });

  it('stays where it was scored before', () => {
    expect(scored('a bad one', 0.9)).toBe(0.9);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'scores "%s" as the word that it is',
    (text) => {
      expect(scored(text)).toBe(-0.25);
    },
  );
});
