import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeTime, ulid } from 'ulid';
import {
  newConfigDecisionId,
  newDecisionId,
  parseDecisionId,
  partsOfConfigId,
  timeText,
} from '../../../core/decisions/decision-id.ts';
import { parseRecommendationId, recommendationIdOf } from '../../../core/recommend/serve/decision-trace.ts';
import { NOON } from '../../support/interactions.ts';

const anyTime = fc.integer({ min: 1, max: 2 ** 47 });
const runs = { seed: 20_261_121, numRuns: 500 };
/** What an idempotency key makes instead of a ULID. */
const FROM_KEY = 'F03A9C4E5B7D8F102A3C4E5B7D';

describe('ids of decisions', () => {
  it('begin like the ULIDs of their time', () => {
    fc.assert(
      fc.property(anyTime, (ms) => {
        expect(timeText(ms)).toBe(ulid(ms).slice(0, 10));
        expect(decodeTime(newDecisionId('a1b2c3', ms, () => FROM_KEY).slice(7))).toBe(ms);
        expect(partsOfConfigId(newConfigDecisionId(ms, () => ulid(ms))).decidedAt).toBe(ms);
      }),
      runs,
    );
  });

  it('sort by time, also those that follow from an idempotency key', () => {
    const ids = [FROM_KEY, ulid(NOON + 1), FROM_KEY, ulid(NOON + 3)].map((id, at) => [
      newDecisionId('a1b2c3', NOON + at, () => id),
      newConfigDecisionId(NOON + at, () => id),
    ]);
    for (const kind of [0, 1]) {
      const list = ids.map((pair) => pair[kind]);
      expect([...list].sort()).toEqual(list);
    }
  });

  it('are of the declared form whatever the ids of the request look like', () => {
    for (const id of ['', 'x', 'id-1', 'ölüß', FROM_KEY, FROM_KEY.toLowerCase()]) {
      const [plain, config] = [newDecisionId('a1b2c3', NOON, () => id), newConfigDecisionId(NOON, () => id)];
      expect([parseDecisionId(plain)?.bare, parseDecisionId(config)?.bare]).toEqual([plain, config]);
    }
  });

  it('are told apart from everything else', () => {
    const not = [
      '',
      'cfg.',
      'a1b2c3.',
      'r-1',
      'A1B2C3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
      'cfg.01JD6Z7Q9T3V5X8Y2A.short',
    ];
    const hostile = [
      '__proto__',
      'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.$$$$$$$$$$$$',
      'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.',
    ];
    for (const id of [...not, ...hostile]) expect([id, parseDecisionId(id)]).toEqual([id, undefined]);
  });

  it('name recommendations with and without the sealed user, by the bare id', () => {
    const bare = 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H';
    for (const id of [bare, `${bare}.c2VhbGVkLXVzZXI_-a`, `${bare}.1234567890`])
      expect(parseRecommendationId(recommendationIdOf(id, 17))).toEqual({ decisionId: bare, position: 17 });
    expect(parseDecisionId(recommendationIdOf(`${bare}.c2VhbGVkLXVzZXI_-a`, 17))).toEqual({
      bare,
      sealed: 'c2VhbGVkLXVzZXI_-a',
    });
    expect(parseDecisionId(recommendationIdOf(bare, 0))).toEqual({ bare, sealed: undefined });
    for (const id of [bare, `${bare}.x`, `${bare}.123456`, `${bare}.-1`, `x.${bare}.1`])
      expect([id, parseRecommendationId(id)]).toEqual([id, undefined]);
  });
});
