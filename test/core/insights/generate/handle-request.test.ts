import { describe, expect, it } from '@jest/globals';
import { handleTextRequest, type RequestPorts } from '../../../../core/insights/generate/handle-request.ts';
import type { TextState } from '../../../../core/insights/ports.ts';
import type { Writing } from '../../../../core/insights/types.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { newProfile } from '../../../../core/profile/stored-profile.ts';
import { aDomain } from '../../../support/insights.ts';
import { NOON } from '../../../support/interactions.ts';

const domain = aDomain();
const profile = { ...newProfile('ada', NOON), marketFocus: ['Noord'] };
const failure: Writing<'insights'> = { outcome: 'failed', why: 'throttled', tokens: { input: 0, output: 0 } };
const request = {
  userId: 'ada',
  slot: { purpose: 'insights', domain: 'real-estate', place: '' },
  hash: 'x',
} as const;
const catalogue = { items: new Map(), newest: [], content: () => undefined };

const world = (state?: TextState, more: Partial<RequestPorts> = {}) => {
  const told: { within: number[]; kept: TextState[] } = { within: [], kept: [] };
  const loaded = { profile, journal: { seq: 0, resetSeq: 0, behaviour: emptyBehaviour() } };
  const ports = {
    users: { load: async () => loaded },
    journal: { pages: () => [] },
    shared: async () => ({ catalogue, model: undefined, rankings: new Map() }),
    userModels: async () => undefined,
    domain: (name: string) => (name === domain.name ? domain : undefined),
    texts: {
      get: async () => state,
      fail: async (_user: string, _slot: unknown, failed: TextState) => {
        told.kept.push(failed);
      },
    },
    updates: {},
    writing: {
      writer: {
        write: async (_purpose: string, _prompt: unknown, { withinMs }: { withinMs: number }) => {
          told.within.push(withinMs);
          return failure;
        },
      },
      budgets: { reserve: async () => 'granted', settle: async () => undefined },
      limits: { userTokens: 1, stackTokens: 1 },
      ttlMs: 1,
      clock: () => NOON,
      events: { generated: () => undefined, served: () => undefined, lost: () => undefined },
    },
    newId: () => 'id',
    ...more,
  } as unknown as RequestPorts;
  return {
    told,
    handle: (deadline = NOON + 60_000) => handleTextRequest(ports, request, { now: NOON, deadline }),
  };
};

describe('a request for a text', () => {
  it('is done whatever the model does; failures in a row make the pause longer', async () => {
    const first = world();
    expect(await first.handle()).toBe('throttled');
    expect(first.told.kept).toMatchObject([
      { state: 'failed', why: 'throttled', attempts: 1, until: NOON + 300_000 },
    ]);
    const third = world({ state: 'asked', hash: 'x', until: NOON + 1, attempts: 2 });
    await third.handle();
    expect(third.told.kept).toMatchObject([{ attempts: 3, until: NOON + 2_700_000 }]);
  });

  it('waits 25 seconds at most, and no longer than the function lives', async () => {
    const { told, handle } = world();
    await handle();
    await handle(NOON + 3_000);
    expect(told.within).toEqual([25_000, 3_000]);
    expect(await handle(NOON)).toBe('timed out');
    expect(told.within).toHaveLength(2);
  });

  it('is nothing to do without a model, without the domain, and while a failure rests', async () => {
    const failed: TextState = { state: 'failed', hash: 'y', why: 'denied', attempts: 1, until: NOON + 1 };
    for (const { handle, told } of [
      world(failed),
      world(undefined, { writing: undefined }),
      world(undefined, { domain: () => undefined }),
    ]) {
      expect(await handle()).toBe('nothing to do');
      expect(told.within).toEqual([]);
    }
  });

  it('fails where a store does, so that it comes again', async () => {
    const away = async () => {
      throw new Error('the table is away');
    };
    const { handle } = world(undefined, { users: { load: away } });
    await expect(handle()).rejects.toThrow('the table is away');
  });
});
