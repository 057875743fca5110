import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { packBehaviour, unpackBehaviour } from '../../../adapters/dynamodb/entities/packed-behaviour.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { anyHistory, fold, interaction, MINUTE, NOW } from '../../core/profile/histories.ts';

describe('a packed behaviour', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyHistory(60), (history) => {
        const behaviour = foldInteractions(emptyBehaviour(), history);
        expect(unpackBehaviour(packBehaviour(behaviour))).toEqual(JSON.parse(JSON.stringify(behaviour)));
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });

  it('comes back empty', () => {
    expect(unpackBehaviour(packBehaviour(emptyBehaviour()))).toEqual(emptyBehaviour());
  });

  it('of an active user leaves room for keys and facts in one write unit', () => {
    const history = Array.from({ length: 400 }, (_, n) =>
      interaction({
        type: n % 3 === 0 ? 'click' : 'view',
        contentId: `item-${(n * 7_919) % 50_000}`,
        contentType: n % 2 === 0 ? 'video' : 'article',
        sessionId: `session-${Math.floor(n / 10)}`,
        device: 'mobile',
        durationMs: 1_000 * n,
        occurredAt: NOW - n * 37 * MINUTE,
      }),
    );
    expect(packBehaviour(fold(...history)).length).toBeLessThan(600);
  });
});
