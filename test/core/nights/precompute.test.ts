import { describe, expect, it } from '@jest/globals';
import { catalogueOf } from '../../../core/catalog/catalogue.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import { keys } from '../../../core/nights/keys.ts';
import type { NightPorts } from '../../../core/nights/ports.ts';
import { precompute } from '../../../core/nights/steps/precompute.ts';
import type { LoadedUser } from '../../../core/profile/ports.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import type { ModelInService, Precomputed } from '../../../core/recommend/ports.ts';
import type { Update } from '../../../core/updates/ports.ts';
import { NIGHT, nightWorld } from '../../support/night-world.ts';
import { catalogItem } from '../recommend/recommend-world.ts';

const MINUTE = 60_000;
const model = { version: 7, slot: 1 } as ModelInService;

/** A step that takes ten minutes for one user, whose list is written (or lost) at its end. */
const slowNight = (before: Precomputed | undefined, isLost = false, profile = newProfile('ada', 0)) => {
  const world = nightWorld();
  const updates: Update[] = [];
  const written: string[] = [];
  let at = 1_000;
  const loaded = {
    profile,
    journal: emptyState,
    facts: new Set<number>(),
    precomputed: before,
  } as unknown as LoadedUser;
  const ports = {
    ...world.ports,
    clock: () => at,
    users: {
      load: async () => {
        at += 10 * MINUTE;
        return loaded;
      },
    },
    models: { ...world.ports.models, getNeighbours: async () => new Map() },
    updates: { put: async (_: string, update: Update) => void updates.push(update) },
    precomputed: {
      putMany: async (rows: Iterable<{ userId: string; list: Precomputed }>) => {
        if (isLost) throw new Error('cut off');
        for (const { userId } of rows) written.push(userId);
        return written.length;
      },
    },
  } as unknown as NightPorts;
  return { ports, updates, written };
};

const run = async (ports: NightPorts) => {
  await ports.objects.putGzipJsonLines(keys.active('night', 0), [{ u: 'ada', t: NIGHT }]);
  const items = new Map(['a', 'b'].map((id) => [id, catalogItem(id)]));
  const shared = { catalogue: catalogueOf(items, ''), model, rankings: new Map() };
  const quiet = { ...ports, snapshots: { put: async () => {}, get: async () => undefined } };
  const catalog = { head: async () => ({ version: 0, types: [] }) };
  const step = { runId: 'night', shard: 0, shards: 1, now: NIGHT };
  return precompute({ ...quiet, catalog } as unknown as NightPorts, shared, step);
};

describe('a list', () => {
  it('is not kept of whoever withdrew a consent since the export', async () => {
    const profile = newProfile('ada', 0);
    const { privacy } = profile;
    for (const consent of ['analytics', 'personalization'] as const) {
      const consents = { ...privacy.consents, [consent]: false };
      const { ports, updates, written } = slowNight(undefined, false, {
        ...profile,
        privacy: { ...privacy, consents },
      });
      await run(ports);
      expect([updates, written]).toEqual([[], []]);
    }
  });
});

describe('news of a precomputed list', () => {
  it('is of the moment at which it is told: who asked since the step began learns of it', async () => {
    const { ports, updates, written } = slowNight(undefined);
    expect(await run(ports)).toMatchObject({ users: 1 });
    expect(updates.map(({ at, about }) => [at, about])).toEqual([[NIGHT + 10 * MINUTE, 'model 7']]);
    expect(written).toEqual(['ada']);
  });

  it('is told before the list is written, so that a step that is cut off tells again', async () => {
    const { ports, updates } = slowNight(undefined, true);
    await expect(run(ports)).rejects.toThrow('cut off');
    expect(updates).toHaveLength(1);
  });
});
