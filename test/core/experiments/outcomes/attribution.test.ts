import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../../../core/decisions/ports.ts';
import { madeUnder } from '../../../../core/experiments/outcomes/attribution.ts';

const ID = 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H';
const arms = [
  ['ranking', 'popular', 'line-1'],
  ['spread', 'control', 'line-2'],
];

/** The traces of ada, by bare id; counts the reads. */
const attribution = (bodies: Readonly<Record<string, unknown>>) => {
  const reads: string[] = [];
  const get = async (userId: string, decisionId: string): Promise<Decision | undefined> => {
    reads.push(decisionId);
    const body = userId === 'ada' ? bodies[decisionId] : undefined;
    return body === undefined ? undefined : { decisionId, userId, decidedAt: 1, body };
  };
  const under = madeUnder({ decisions: { get } }, () => 5);
  const ask = (recommendationId: string, line = 'line-1', userId = 'ada') =>
    under({ recommendationId, line, userId });
  return { ask, reads };
};

describe('the arm that a recommendation was made under', () => {
  it('is that of the round which is asked for, read once for all elements of a list', async () => {
    const { ask, reads } = attribution({ [ID]: { items: [], arms } });
    expect([await ask(`${ID}.0`), await ask(`${ID}.7`, 'line-2')]).toEqual(['popular', 'control']);
    expect(await ask(`${ID}.sealedsealedseal.3`)).toBe('popular');
    expect(await ask(`${ID}.0`, 'line-3')).toBeUndefined();
    expect(reads).toEqual([ID]);
  });

  it("is not known for other users' recommendations, lost traces and what is no id; a trace may still come", async () => {
    const bodies: Record<string, unknown> = {};
    const { ask, reads } = attribution(bodies);
    expect(await ask(`${ID}.0`)).toBeUndefined();
    bodies[ID] = { items: [], arms };
    expect(await ask(`${ID}.0`)).toBe('popular');
    expect(await ask(`${ID}.0`, 'line-1', 'eve')).toBeUndefined();
    const before = reads.length;
    for (const id of ['', ID, 'r-1', `${ID}.x`, '__proto__', 'a'.repeat(500)]) {
      expect(await ask(id)).toBeUndefined();
    }
    expect(reads).toHaveLength(before);
  });

  it('is none for decisions of other kinds, and lists without an experiment', async () => {
    for (const body of [
      { items: [] },
      { context: 'experiment-assignment', variant: 'a' },
      { c: 'dashboard' },
    ]) {
      expect(await attribution({ [ID]: body }).ask(`${ID}.0`)).toBeUndefined();
    }
  });
});
