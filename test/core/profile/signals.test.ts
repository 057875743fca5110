import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { contentSuccess, successScore } from '../../../core/profile/fold/content-success.ts';
import {
  engagementOf,
  SIGNAL_RANGE,
  type SignalParts,
  signalOf,
} from '../../../core/profile/fold/signals.ts';
import { anyInteraction } from './histories.ts';
import { vectors } from './vectors.ts';

const SEED = 7;

type Case = { name: string; interaction: SignalParts; signal: number; engagement: number };
const { cases, tolerance } = vectors<{ cases: Case[]; tolerance: number }>('profile-signals');

describe('signals and engagement', () => {
  it.each(cases)('$name', ({ interaction, signal, engagement }) => {
    expect(Math.abs(signalOf(interaction) - signal)).toBeLessThan(tolerance);
    expect(Math.abs(engagementOf(interaction) - engagement)).toBeLessThan(tolerance);
  });

  it('lie in their ranges for any interaction', () => {
    fc.assert(
      fc.property(anyInteraction, (one) => {
        expect(signalOf(one)).toBeGreaterThanOrEqual(SIGNAL_RANGE[0]);
        expect(signalOf(one)).toBeLessThanOrEqual(SIGNAL_RANGE[1]);
        expect(engagementOf(one)).toBeGreaterThanOrEqual(0);
        expect(engagementOf(one)).toBeLessThanOrEqual(1);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it.each(['rating', 'completionRate', 'durationMs', 'scrollDepth', 'sentiment', 'clicksCount'] as const)(
    'never fall when %s rises',
    (part) => {
      const range = { rating: [1, 5], sentiment: [-1, 1], durationMs: [0, 600_000], clicksCount: [0, 20] }[
        part as string
      ] ?? [0, 1];
      const amount = fc.double({ min: range[0], max: range[1], noNaN: true });
      fc.assert(
        fc.property(anyInteraction, amount, amount, (one, x, y) => {
          const [less, more] = [
            { ...one, [part]: Math.min(x, y) },
            { ...one, [part]: Math.max(x, y) },
          ];
          expect(signalOf(more)).toBeGreaterThanOrEqual(signalOf(less) - 1e-12);
          expect(engagementOf(more)).toBeGreaterThanOrEqual(engagementOf(less) - 1e-12);
        }),
        { seed: SEED, numRuns: 200 },
      );
    },
  );
});

describe('content success', () => {
  it.each([
    ['success', { type: 'view' }],
    ['failure', { type: 'skip' }],
    ['failure', { type: 'view', rating: 1 }],
    ['neither', { type: 'impression' }],
    ['success', { type: 'content_preference', value: 1 }],
    ['failure', { type: 'content_preference', value: 0 }],
  ] as const)('%s: %j', (outcome, one) => expect(contentSuccess(one)).toBe(outcome));

  it('shrinks the share of successes towards a half', () => {
    expect(successScore(0, 0)).toBe(0.5);
    expect(successScore(1, 0)).toBeCloseTo(2 / 3);
    expect(successScore(0, 8)).toBeCloseTo(0.1);
    expect(successScore(8, 0)).toBeGreaterThan(successScore(2, 0));
  });
});
