import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { CatalogItem } from '../../../core/catalog/types.ts';
import { keys } from '../../../core/nights/keys.ts';
import { exportInteractions } from '../../../core/nights/steps/export-interactions.ts';
import { fail } from '../../../core/nights/steps/fail.ts';
import { plan } from '../../../core/nights/steps/plan.ts';
import { promote } from '../../../core/nights/steps/promote.ts';
import { publish } from '../../../core/nights/steps/publish.ts';
import { engineFor, size } from '../../../core/nights/steps/size.ts';
import { train } from '../../../core/nights/steps/train.ts';
import { trainUsers } from '../../../core/nights/steps/train-users.ts';
import { seededRandom } from '../../../core/numbers/seeded-random.ts';
import { newProfile, type StoredProfile } from '../../../core/profile/stored-profile.ts';
import { DAY, HOUR } from '../../support/clock.ts';
import {
  NIGHT,
  type NightWorld,
  nightWorld,
  putExport,
  type RowBefore,
  stepOf,
  storedUser,
} from '../../support/night-world.ts';

const item = (itemId: string): CatalogItem => ({
  itemId,
  type: 'thing',
  title: itemId,
  tags: [],
  topics: [],
  genres: [],
  skills: [],
  attributes: {},
  updatedAt: '2026-01-01T00:00:00Z',
});

/** Users who stay within a group of items, the newest choices in the last days. */
const groups = (users: number, seed: number, { noise = 0.05 } = {}): RowBefore[] => {
  const random = seededRandom(seed);
  return Array.from({ length: users }, (_, user) =>
    Array.from({ length: 12 }, (__, at): RowBefore => {
      const group = random() < noise ? Math.floor(random() * 10) : user % 10;
      return [`u${user}`, `g${group}-${Math.floor(random() * 20)}`, at * 5 * DAY + user * 1000];
    }),
  ).flat();
};

const night = async (world: NightWorld, runId: string) => {
  const step = stepOf(runId);
  const trained = await train(world.ports, step);
  await trainUsers(world.ports, step);
  const published = await publish(world.ports, step);
  return { trained, published, promoted: await promote(world.ports, step) };
};

const goodWorld = async () => {
  const world = nightWorld();
  await putExport(world, 'first', { rows: groups(300, 1) });
  await night(world, 'first');
  return world;
};

describe('training data', () => {
  it('of nobody, without a catalogue: no model, and the card says why', async () => {
    const world = nightWorld();
    await putExport(world, 'r', { rows: [] });
    const { promoted } = await night(world, 'r');
    expect(promoted).toMatchObject({
      decision: 'kept',
      reason: expect.stringContaining('nothing to train on'),
    });
    expect(world.inService.model).toBeUndefined();
    expect(world.cards.get('r')).toMatchObject({ decision: 'kept', data: { interactions: 0, users: 0 } });
  });

  it('of nobody leaves the model in service', async () => {
    const world = await goodWorld();
    const before = world.inService.model;
    await putExport(world, 'r', { rows: [] });
    expect((await night(world, 'r')).promoted.decision).toBe('kept');
    expect(world.inService.model).toBe(before);
  });

  it('of nobody with a catalogue: texts alone make a first model', async () => {
    const world = nightWorld({ catalog: [item('a'), item('b')] });
    await putExport(world, 'r', { rows: [] });
    expect((await night(world, 'r')).promoted).toMatchObject({ decision: 'promoted', version: 1 });
  });

  it.each<[string, RowBefore[]]>([
    [
      'one user',
      [
        ['u', 'a', 3],
        ['u', 'b', 2],
        ['u', 'c', 1],
      ],
    ],
    ['one item', ['u', 'v', 'w'].map((user, at): RowBefore => [user, 'a', at])],
    ['one row', [['u', 'a', 1]]],
    ['the same row over and over', Array.from({ length: 50 }, (): RowBefore => ['u', 'a', 1])],
    [
      'users who have everything',
      ['u', 'v', 'w'].flatMap((user) => ['a', 'b'].map((one): RowBefore => [user, one, 1])),
    ],
  ])('of %s makes a model and says that it could not be compared', async (_, rows) => {
    const world = nightWorld({ catalog: ['a', 'b', 'c'].map(item) });
    await putExport(world, 'r', { rows });
    const { promoted } = await night(world, 'r');
    expect(promoted).toMatchObject({
      decision: 'promoted',
      reason: expect.stringContaining('too little data'),
    });
    expect(world.inService.model?.version).toBe(1);
    expect(world.cards.get('r')?.models.every(({ reason }) => reason !== '')).toBe(true);
  });

  it('with rows that are none: they are skipped and counted', async () => {
    const world = nightWorld();
    const rows = groups(100, 2);
    const part = await putExport(world, 'r', { rows });
    const lines = rows.map(([u, i, before]) => JSON.stringify({ u, i, w: 1, t: NIGHT - before, e: 0.5 }));
    const bad = [
      '{"u":"u1"',
      '[]',
      '{"u":"u","i":"i","w":"NaN","t":1}',
      '{"u":"u","i":"i","w":-1,"t":1}',
      'null',
      '{"u":7,"i":"i","w":1,"t":1}',
    ];
    const body = gzipSync([...lines, ...bad].map((line) => `${line}\n`).join(''));
    world.bodies.set(keys.interactions('r', 0), body);
    await world.ports.objects.putJson(keys.part('r', 0), {
      ...part,
      interactions: lines.length + bad.length,
    });
    await night(world, 'r');
    expect(world.cards.get('r')?.data?.skipped).toMatchObject({ unreadable: bad.length });
    expect(world.inService.model).toBeDefined();
  });
});

describe('a shard', () => {
  const spoiled: [string, (world: NightWorld, key: string) => void, RegExp][] = [
    [
      'that is cut off',
      (world, key) => void world.bodies.set(key, world.bodies.get(key)!.subarray(0, 200)),
      /cut off or corrupt: unexpected end/,
    ],
    [
      'that is no gzip',
      (world, key) => void world.bodies.set(key, Buffer.from('cut off')),
      /cut off or corrupt/,
    ],
    [
      'with fewer rows than were written',
      (world, key) => void world.bodies.set(key, gzipSync('{"u":"u","i":"i","w":1,"t":1}\n')),
      /holds 1 of 3600 rows/,
    ],
    [
      'of nonsense',
      (world, key) => void world.bodies.set(key, gzipSync('nonsense\n'.repeat(3600))),
      /3600 of 3600 rows cannot be read/,
    ],
    ['that is gone', (world, key) => void world.bodies.delete(key), /cut off or corrupt: NoSuchKey/],
  ];

  it.each(spoiled)(
    '%s fails the training, the model in service stays, the card says why',
    async (_, spoil, why) => {
      const world = await goodWorld();
      const { model } = world.inService;
      await plan(world.ports, stepOf('r'));
      await putExport(world, 'r', { rows: groups(300, 3) });
      await world.ports.objects.putJson(keys.plan('r'), { runId: 'r', startedAt: NIGHT, shards: 1 });
      spoil(world, keys.interactions('r', 0));
      const error: Error = await train(world.ports, stepOf('r')).then(
        () => new Error('it was trained'),
        (thrown) => thrown,
      );
      expect(error.message).toMatch(why);
      const Cause = JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: [] });
      await fail(world.ports, { ...stepOf('r', NIGHT + HOUR), failure: { Error: error.name, Cause } });
      expect(world.inService.model).toBe(model);
      expect(world.cards.get('r')).toMatchObject({
        decision: 'failed',
        reason: expect.stringMatching(why),
        startedAt: NIGHT,
        finishedAt: NIGHT + HOUR,
      });
    },
  );

  it('that is missing stops the night before it trains', async () => {
    const world = nightWorld();
    await plan(world.ports, stepOf('r'));
    await putExport(world, 'r', { rows: groups(10, 1) });
    await expect(size(world.ports, stepOf('r'))).rejects.toThrow('shards 1, 2, 3, 4, 5, 6, 7 are missing');
  });
});

describe('a failure', () => {
  it('keeps the reason that the failing copy gave, where the map only counts failures', async () => {
    const world = nightWorld();
    await plan(world.ports, stepOf('r'));
    await fail(world.ports, {
      ...stepOf('r'),
      failure: { Error: 'Error', Cause: 'the shard has no gzip header' },
    });
    const failure = { Error: 'States.ExceedToleratedFailureThreshold', Cause: 'too many' };
    await fail(world.ports, { ...stepOf('r'), failure });
    expect(world.cards.get('r')?.reason).toBe('Error: the shard has no gzip header');
  });

  it('after the promotion leaves the promotion on the card', async () => {
    const world = await goodWorld();
    const promoted = world.cards.get('first');
    await world.ports.objects.putJson(keys.plan('first'), { runId: 'first', startedAt: NIGHT, shards: 1 });
    await fail(world.ports, { ...stepOf('first'), failure: { Error: 'States.Timeout', Cause: '' } });
    expect(world.cards.get('first')).toMatchObject({
      decision: 'promoted',
      reason: `${promoted?.reason}; afterwards: States.Timeout`,
    });
  });
});

describe('a model', () => {
  const noise = (users: number, seed: number): RowBefore[] => groups(users, seed, { noise: 1 });

  it('that is worse than the one in service is not promoted; a repeat of the night decides the same', async () => {
    const world = nightWorld();
    const late = groups(300, 4).map(([user, one, before]): RowBefore => [user, one, before + 100 * DAY]);
    await putExport(world, 'first', { rows: late });
    await night(world, 'first');
    const before = world.inService.model;
    // Spam of a few hundred accounts hides what belongs together; the newest choices are those of people.
    const random = seededRandom(9);
    const spam = Array.from({ length: 40_000 }, (_, at): RowBefore => {
      const [user, one] = [at % 300, Math.floor(random() * 200)];
      return [`u${user}`, `g${one % 10}-${Math.floor(one / 10)}`, 50 * DAY + at];
    });
    const fresh = groups(300, 5).map(([user, one, ago]): RowBefore => [user, one, ago / 100]);
    await putExport(world, 'second', { rows: [...late, ...spam, ...fresh] });
    for (let round = 0; round < 2; round += 1) {
      const { promoted, published } = await night(world, 'second');
      expect(promoted).toMatchObject({ decision: 'kept', reason: expect.stringMatching(/^worse than /) });
      expect(published).toMatchObject({ items: 0 });
      expect(world.inService.model).toBe(before);
    }
    expect(world.cards.get('second')?.models[0]).toMatchObject({ name: 'hybrid', promoted: false });
  });

  it('is not published over the lists of a version that was put back while it was trained', async () => {
    const world = await goodWorld();
    await putExport(world, 'r', { rows: groups(300, 8) });
    await train(world.ports, stepOf('r'));
    world.inService.model = { ...world.inService.model!, version: 8, slot: 2 };
    await expect(publish(world.ports, stepOf('r'))).rejects.toThrow('Version 8 was put back in service');
    expect(world.lists.size).toBeGreaterThan(0);
  });

  it('of pure chance is measured beside popularity, and keeps what little there is to know', async () => {
    const world = nightWorld();
    await putExport(world, 'r', { rows: noise(300, 6) });
    await night(world, 'r');
    const [hybrid] = world.cards.get('r')!.models;
    expect(hybrid?.metrics?.['ndcg@10']).toBeLessThan(0.1);
    expect(hybrid?.baseline?.metrics['ndcg@10']).toBeGreaterThan(0);
  });

  it('is audited: shares by popularity decile add up, groups of the chosen attribute are told apart', async () => {
    const world = nightWorld();
    const rows = groups(300, 7);
    const users = [...new Set(rows.map(([user]) => user))].map((u, at) => ({
      u,
      t: NIGHT,
      n: 12,
      v: [],
      group: at % 3 === 0 ? 'north' : 'south',
    }));
    await putExport(world, 'r', { rows, users });
    await night(world, 'r');
    const { evaluation } = world.cards.get('r')!;
    const exposure = evaluation!.popularityDeciles.map(({ metrics }) => metrics.exposure!);
    expect(exposure.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    expect(evaluation!.groups.map(({ group }) => group)).toEqual(['north', 'south']);
    const asked = evaluation!.groups.reduce((sum, { metrics }) => sum + metrics.users!, 0);
    expect(asked).toBe(evaluation!.users);
  });
});

describe('the export', () => {
  const secret = 'Ada Lovelace, ada@example.com';
  const profileOf = (userId: string, changes: Partial<StoredProfile> = {}): StoredProfile => ({
    ...newProfile(userId, NIGHT),
    email: 'ada@example.com',
    attributes: { name: secret, level: 'beginner', bio: 'x'.repeat(60), mail: 'ada@example.com' },
    questionnaire: { data: { logline: secret }, score: 1, answeredAt: NIGHT },
    ...changes,
  });
  const privacy = newProfile('x', NIGHT).privacy;
  const did = [
    { contentId: 'a', feedback: secret, context: { note: secret } },
    { contentId: 'b', type: 'dislike' },
    { type: 'search' },
    { contentId: 'c', occurredAt: NIGHT - 40 * DAY },
  ];
  const users = [
    storedUser('ada', did, profileOf('ada')),
    storedUser('out', did, profileOf('out', { privacy: { ...privacy, optOut: true } })),
    storedUser('strict', did, profileOf('strict', { privacy: { ...privacy, level: 'strict' } })),
    storedUser(
      'no-analytics',
      did,
      profileOf('no-analytics', {
        privacy: { ...privacy, consents: { ...privacy.consents, analytics: false } },
      }),
    ),
    storedUser(
      'no-personalization',
      did,
      profileOf('no-personalization', {
        privacy: { ...privacy, consents: { ...privacy.consents, personalization: false } },
      }),
    ),
    storedUser('unknown', [{ contentId: 'a', occurredAt: NIGHT - 31 * DAY }]),
    storedUser('silent', []),
  ];
  const exportedBy = async (auditAttribute?: string) => {
    const world = nightWorld({ users, settings: { auditAttribute } });
    const part = await exportInteractions(world.ports, stepOf('r'));
    const read = async (key: string) => {
      const lines: Record<string, unknown>[] = [];
      for await (const line of world.ports.objects.readJsonLines(key)) lines.push(line as never);
      return lines;
    };
    return {
      part,
      rows: await read(keys.interactions('r', 0)),
      users: await read(keys.users('r', 0)),
      active: await read(keys.active('r', 0)),
    };
  };

  it('leaves out users without consent and counts them', async () => {
    const { part, rows, users: listed } = await exportedBy();
    expect(part).toMatchObject({ interactions: 3, users: 2, items: 2, leftOut: { consent: 4 } });
    expect(part.skipped).toEqual({ withoutContent: 1, withoutSignal: 1 });
    expect(rows.map(({ i }) => i)).toEqual(['a', 'c', 'a']);
    expect(listed).toHaveLength(2);
  });

  it('holds no name, address or free text, and no id of a user in training data', async () => {
    const { rows, users: listed } = await exportedBy('level');
    const text = JSON.stringify([rows, listed]);
    for (const word of ['ada', 'Lovelace', 'example.com', 'unknown', 'search'])
      expect(text).not.toContain(word);
    expect(Object.keys(rows[0]!).sort()).toEqual(['e', 'i', 't', 'u', 'w']);
  });

  it('names the active users for the precomputation only', async () => {
    expect((await exportedBy()).active.map(({ u }) => u)).toEqual(['ada']);
  });

  it('takes the audited attribute only where it is the name of a group', async () => {
    const groupOf = async (attribute: string) => (await exportedBy(attribute)).users[0]!.group;
    expect(await groupOf('level')).toBe('beginner');
    for (const attribute of ['bio', 'mail', 'none']) expect(await groupOf(attribute)).toBeUndefined();
  });

  it('says how every user was one horizon ago', async () => {
    const [ada, unknown] = (await exportedBy()).users;
    expect(ada).toMatchObject({ past: { churned: 0 } });
    expect(unknown).toMatchObject({ past: { churned: 1 } });
    expect((ada!.v as number[]).every(Number.isFinite)).toBe(true);
  });
});

describe('the engine', () => {
  const settings = { engine: 'auto', trainingMemoryMb: 3008 } as const;

  it('is chosen by what fits the training function', () => {
    expect(engineFor({ interactions: 10_000_000, users: 100_000 }, settings).engine).toBe('lambda');
    expect(engineFor({ interactions: 200_000_000, users: 100_000 }, settings)).toMatchObject({
      engine: 'spark',
      reason: expect.stringContaining('3008 MB'),
    });
    expect(
      engineFor({ interactions: 40_000_000, users: 1 }, { ...settings, trainingMemoryMb: 10_240 }).engine,
    ).toBe('spark');
  });

  it('is what the setting asks for', () => {
    expect(engineFor({ interactions: 1, users: 1 }, { ...settings, engine: 'spark' }).engine).toBe('spark');
    expect(engineFor({ interactions: 1e9, users: 1 }, { ...settings, engine: 'lambda' }).engine).toBe(
      'lambda',
    );
  });
});
