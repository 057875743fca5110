import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type CircuitStateName, circuit } from '../../../adapters/bedrock/circuit.ts';
import type { WriteFailure } from '../../../core/insights/types.ts';

const OPEN_MS = 60;

const good = async () => ({ outcome: 'written' }) as const;
const bad = (why: WriteFailure) => async () => ({ outcome: 'failed', why }) as const;

const watched = () => {
  const changes: CircuitStateName[] = [];
  const it = circuit({ openMs: OPEN_MS, onChange: (state) => changes.push(state) });
  const fail = async (times: number, why: WriteFailure = 'unavailable') => {
    for (let n = 0; n < times; n += 1) await it.call(bad(why));
  };
  return { it, changes, fail };
};

describe('the circuit', () => {
  it.each<WriteFailure>(['throttled', 'timed out', 'unavailable', 'denied', 'unknown model'])(
    'opens after five in a row that are: %s',
    async (why) => {
      const { it: guarded, changes, fail } = watched();
      await fail(4, why);
      expect(guarded.state()).toBe('closed');
      await fail(1, why);
      expect(guarded.state()).toBe('open');
      expect(changes).toEqual(['open']);
    },
  );

  it.each<WriteFailure>(['malformed', 'cut off'])('stays closed however often it is: %s', async (why) => {
    const { it: guarded, fail } = watched();
    await fail(20, why);
    expect(guarded.state()).toBe('closed');
  });

  it('starts to count anew after a good answer, and after a bad text', async () => {
    const { it: guarded, fail } = watched();
    await fail(4);
    await guarded.call(good);
    await fail(4);
    await fail(1, 'malformed');
    await fail(4);
    expect(guarded.state()).toBe('closed');
  });

  it('runs nothing while it is open, and answers at once', async () => {
    const { it: guarded, fail } = watched();
    await fail(5);
    let ran = 0;
    const counted = () => {
      ran += 1;
      return good();
    };
    expect(await Promise.all([1, 2, 3].map(() => guarded.call(counted)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(ran).toBe(0);
  });

  it('lets one try after its time, refuses the others meanwhile, and closes when that goes well', async () => {
    const { it: guarded, changes, fail } = watched();
    await fail(5);
    await delay(OPEN_MS + 10);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const trial = guarded.call(async () => {
      await held;
      return good();
    });
    expect(guarded.state()).toBe('half open');
    expect(await Promise.all([guarded.call(good), guarded.call(good)])).toEqual([undefined, undefined]);
    release();
    expect(await trial).toEqual({ outcome: 'written' });
    expect(await guarded.call(good)).toEqual({ outcome: 'written' });
    expect(changes).toEqual(['open', 'half open', 'closed']);
  });

  it('opens again when the trial fails', async () => {
    const { it: guarded, changes, fail } = watched();
    await fail(5);
    await delay(OPEN_MS + 10);
    expect(await guarded.call(bad('timed out'))).toEqual({ outcome: 'failed', why: 'timed out' });
    expect(await guarded.call(good)).toBeUndefined();
    expect(changes).toEqual(['open', 'half open', 'open']);
  });

  it('passes on what a call throws', async () => {
    const { it: guarded } = watched();
    const throwing = guarded.call(async (): Promise<{ outcome: 'written' }> => {
      throw new Error('a mistake of ours');
    });
    await expect(throwing).rejects.toThrow('a mistake of ours');
  });
});
