import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Database } from '../../../adapters/dynamodb/database.ts';
import { achievementStore } from '../../../adapters/dynamodb/stores/achievement-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { updateStore } from '../../../adapters/dynamodb/stores/update-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import { daysIn } from '../../../core/achievements/active-days.ts';
import { readAchievements } from '../../../core/achievements/read-achievements.ts';
import { streakOf } from '../../../core/achievements/streak.ts';
import { noAchievements } from '../../../core/achievements/types.ts';
import type { AchievementDefinition, Domain } from '../../../core/domains/types.ts';
import type { AchievementUnlocked } from '../../../core/events/ports.ts';
import { NOT_COUNTED_REASON } from '../../../core/privacy/consent.ts';
import { newProfile, type StoredProfile } from '../../../core/profile/stored-profile.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import { activityStreak } from '../../../core/profile/view/activity-streak.ts';
import { trackInteractions } from '../../../core/tracking/track-interactions.ts';
import { type CutOff, cutOffClient, WorkerDied } from '../../support/cut-off-client.ts';
import type { TestTable } from '../../support/dynalite.ts';
import { inProcessTable } from '../../support/dynalite-in-process.ts';
import { interaction, NOON } from '../../support/interactions.ts';

const DAY = 86_400_000;
const TODAY = Math.floor(NOON / DAY);

const achievement = (id: string, metric: string, target: number): AchievementDefinition => ({
  id,
  name: `The ${id}`,
  description: `You did ${id}.`,
  kind: 'milestone',
  metric,
  target,
});

const DOMAIN: Domain = {
  name: 'test',
  title: 'Test',
  description: '',
  audience: 'tester',
  contentTypes: [],
  metrics: [{ metric: 'complete', one: 'completed part', many: 'completed parts' }],
  pages: [],
  actions: [],
  texts: [],
  prompts: { insights: '', suggestions: '' },
  achievements: [
    achievement('first', 'complete', 1),
    achievement('third', 'complete', 3),
    achievement('three-days', 'streak', 3),
    achievement('ninth', 'complete', 9),
  ],
};

let table: TestTable;
beforeAll(async () => {
  table = await inProcessTable();
});
afterAll(() => table.close());

type World = {
  readonly database?: Database;
  readonly events?: AchievementUnlocked[];
  readonly publish?: () => void;
};

/** All that tracking needs, on the embedded store; `events` receives what is told. */
const portsOf = ({
  database = { ...table, clock: () => NOON },
  events = [],
  publish = () => {},
}: World = {}) => {
  const unlocking = {
    achievements: achievementStore(database),
    updates: updateStore(database),
    events: {
      publish: async (told: readonly AchievementUnlocked[]) => {
        publish();
        events.push(...told);
      },
    },
    delayed: () => {},
  };
  const users = usersStore(database);
  const achievements = { ...unlocking, domain: () => DOMAIN };
  return {
    ...unlocking,
    users,
    tracking: { users, journal: journalStore(database), pause: async () => {}, achievements },
  };
};

const track = (userId: string, interactions: readonly Interaction[], world: World = {}, now = NOON) =>
  trackInteractions(portsOf(world).tracking, {
    userId,
    interactions: interactions.map((one) => ({ ...one, userId })),
    now,
    retentionMs: 400 * DAY,
  });

const read = (userId: string, world: World = {}, now = NOON) =>
  readAchievements(portsOf(world), { userId, domain: DOMAIN, now });

const stateOf = (userId: string) => portsOf().achievements.get(userId);

const completion = (id: string, daysAgo = 0, given: Partial<Interaction> = {}): Interaction =>
  interaction({
    interactionId: id,
    type: 'complete',
    contentId: id,
    occurredAt: NOON - daysAgo * DAY,
    ...given,
  });

const threeDays = [completion('a', 2), completion('b', 1), completion('c')];
const EARNED = ['first', 'third', 'three-days'];

describe('an interaction', () => {
  it('moves the progress, unlocks once, and tells the bus and the user', async () => {
    const events: AchievementUnlocked[] = [];
    expect((await track('ada', [completion('one')], { events })).unlocked).toEqual([
      { id: 'first', name: 'The first' },
    ]);
    expect((await track('ada', [completion('two')], { events })).unlocked).toEqual([]);
    expect((await track('ada', [completion('two')], { events })).unlocked).toEqual([]);
    expect(events).toEqual([
      {
        id: `achievement/ada/test/first@${NOON}`,
        type: 'AchievementUnlocked',
        userId: 'ada',
        domain: 'test',
        achievementId: 'first',
        name: 'The first',
        kind: 'milestone',
        reason: 'You did first.',
        at: NOON,
      },
    ]);
    expect(await portsOf().updates.since('ada', 0, NOON)).toMatchObject([
      { kind: 'achievement', about: 'first', at: NOON, title: 'Achievement unlocked: The first' },
    ]);
    expect((await read('ada')).achievements).toMatchObject([
      { id: 'first', status: 'unlocked', progress: { current: 1, target: 1 } },
      {
        id: 'third',
        status: 'locked',
        progress: { current: 2, target: 3 },
        reason: '2 of 3 completed parts',
      },
      { id: 'three-days', status: 'locked', reason: '1 of 3 days in a row' },
      { id: 'ninth', status: 'locked', progress: { current: 2, target: 9 } },
    ]);
  });

  it('of a user who does not allow it moves nothing, and nothing of the user is read', async () => {
    const profile = newProfile('eve', NOON);
    const privacy = { ...profile.privacy, consents: { ...profile.privacy.consents, personalization: false } };
    await track('eve', threeDays);
    await profileStore({ ...table, clock: () => NOON }).put({ ...profile, privacy, version: 1 }, 0);
    const before = await stateOf('eve');
    await track('eve', [completion('d', 3)]);
    expect(await stateOf('eve')).toEqual(before);
    const answer = await read('eve');
    expect(answer.achievements.map(({ status, progress }) => [status, progress.current])).toEqual(
      Array(4).fill(['locked', 0]),
    );
    expect(answer).toMatchObject({ streak: { length: 0, longest: 0 }, reason: expect.any(String) });
  });

  it('of a user who is not counted any more stores nothing, and shows what was there', async () => {
    await track('eva', [completion('one')]);
    const profile = newProfile('eva', NOON);
    const privacy = { ...profile.privacy, consents: { ...profile.privacy.consents, analytics: false } };
    await profileStore({ ...table, clock: () => NOON }).put({ ...profile, privacy, version: 1 }, 0);
    const before = await stateOf('eva');
    expect((await track('eva', threeDays)).unlocked).toBeUndefined();
    const { achievements, reason } = await read('eva');
    expect([achievements[0]?.status, achievements[1]?.status, reason]).toEqual([
      'unlocked',
      'locked',
      NOT_COUNTED_REASON,
    ]);
    expect(await stateOf('eva')).toEqual(before);
  });

  it('costs nothing more than before while it brings no day and crosses no target', async () => {
    const used: Record<string, number> = {};
    const meter = (name: string, units: number) => {
      used[name] = (used[name] ?? 0) + units;
    };
    const database = { ...table, clock: () => NOON, meter };
    await track('fay', [completion('one')], { database });
    expect(used).toMatchObject({ replaceDays: 1, unlockAchievement: 1, keepUpdate: 1, noteTold: 1 });
    for (const name of Object.keys(used)) delete used[name];
    await track('fay', [completion('two')], { database });
    expect(Object.keys(used).sort()).toEqual(['commitBehaviour', 'loadUserLedger', 'placePage']);
  });
});

describe('what goes wrong', () => {
  it.each(['before', 'after'] as const)(
    'a cut %s any write of a delivery ends as one clean delivery',
    async (when) => {
      const uncut = cutOffClient(table.client, {});
      const whole = { ...table, client: uncut.client, clock: () => NOON };
      await track(`uncut-${when}`, threeDays, { database: whole });
      const writes = uncut.writes();
      expect(writes).toBe(1 + 3 + 3 * 3); // days; mark, page, behaviour; each unlocked, told, noted
      for (let write = 1; write <= writes; write += 1) {
        const userId = `cut-${when}-${write}`;
        const events: AchievementUnlocked[] = [];
        const cutOff: CutOff = { write, when };
        const dying = { ...table, client: cutOffClient(table.client, { cutOff }).client, clock: () => NOON };
        await track(userId, threeDays, { database: dying, events }).catch((error) =>
          expect(error).toBeInstanceOf(WorkerDied),
        );
        await track(userId, threeDays, { events }, NOON + 1_000);
        const { unlocked, untold, days } = await stateOf(userId);
        expect([Object.keys(unlocked).sort(), untold]).toEqual([EARNED.map((id) => `test/${id}`), []]);
        expect(daysIn(days)).toEqual([TODAY - 2, TODAY - 1, TODAY]);
        expect([...new Set(events.map(({ id }) => id))].sort()).toEqual(
          EARNED.map((id) => `achievement/${userId}/test/${id}@${unlocked[`test/${id}`]}`),
        );
        const told = await portsOf().updates.since(userId, 0, NOON + 2_000);
        expect(told.map(({ about }) => about).sort()).toEqual(EARNED);
      }
    },
  );

  it('what a crash left undone is done by the next read, once', async () => {
    const events: AchievementUnlocked[] = [];
    for (const [user, write] of [
      ['gus', 5],
      ['hal', 6],
      ['ian', 7],
    ] as const) {
      const cut = cutOffClient(table.client, { cutOff: { write, when: 'before' } });
      await track(user, threeDays, { database: { ...table, client: cut.client, clock: () => NOON } });
      const earlier = events.length;
      const { achievements } = await read(user, { events }, NOON + 60_000);
      expect(achievements.filter(({ status }) => status === 'unlocked').map(({ id }) => id)).toEqual(EARNED);
      expect(events.length - earlier).toBe(3);
      await read(user, { events }, NOON + 120_000);
      expect(events.length - earlier).toBe(3);
    }
  });

  it('a bus that takes nothing delays the event, not the interaction', async () => {
    const events: AchievementUnlocked[] = [];
    const publish = () => {
      throw new Error('no bus');
    };
    expect(await track('jan', [completion('one')], { publish })).toMatchObject({ counted: 1 });
    expect((await stateOf('jan')).untold).toEqual(['test/first']);
    await read('jan', { events }, NOON + 5_000);
    expect(events.map(({ id }) => id)).toEqual([`achievement/jan/test/first@${NOON}`]);
    expect((await stateOf('jan')).untold).toEqual([]);
  });

  it('ten workers at once unlock it once', async () => {
    const events: AchievementUnlocked[] = [];
    const ten = Array.from({ length: 10 }, (_, n) => track('kim', [completion(`k${n}`)], { events }));
    const unlocked = (await Promise.all(ten)).flatMap((tracked) => tracked.unlocked ?? []);
    expect(unlocked.map(({ id }) => id).sort()).toEqual(['first', 'ninth', 'third']);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });

  it('what was forgotten by a reset does not come back with a late delivery', async () => {
    await track('leo', threeDays);
    const { tracking, achievements } = portsOf();
    const state = await tracking.journal.load('leo');
    await tracking.journal.commit(
      'leo',
      { ...state, revision: state.revision + 1, resetAt: NOON + 1, resetSeq: state.seq },
      state,
    );
    await achievements.remove('leo');
    await track('leo', threeDays, {}, NOON + 2);
    expect(daysIn((await stateOf('leo')).days)).toEqual([]);
  });
});

describe('days', () => {
  it('are those of the zone, and stay as they were when the user moves', async () => {
    const store = profileStore({ ...table, clock: () => NOON });
    const at = (iso: string) => Date.parse(iso);
    const profile: StoredProfile = {
      ...newProfile('max', at('2026-11-01T00:00:00Z')),
      timezone: 'Asia/Tokyo',
      version: 1,
    };
    await store.put(profile, 0);
    const evening = completion('tokyo', 0, {
      occurredAt: at('2026-11-18T16:30:00Z'),
      receivedAt: at('2026-11-18T16:30:00Z'),
    });
    await track('max', [evening], {}, at('2026-11-18T16:30:00Z'));
    const moved = {
      ...profile,
      timezone: 'America/Los_Angeles',
      version: 2,
      updatedAt: at('2026-11-18T17:00:00Z'),
    };
    await store.put(moved, 1);
    // In Los Angeles it was the 18th still: done there too, though the behaviour shows that day already.
    const again = completion('la', 0, {
      occurredAt: at('2026-11-18T22:00:00Z'),
      receivedAt: at('2026-11-18T22:00:00Z'),
    });
    await track('max', [again], {}, at('2026-11-18T22:00:00Z'));
    const dates = daysIn((await stateOf('max')).days).map((day) =>
      new Date(day * DAY).toISOString().slice(0, 10),
    );
    expect(dates).toEqual(['2026-11-18', '2026-11-19']);
  });

  it('do not depend on the order of arrival, and hold what the ranker sees of the streak', async () => {
    const moments = fc.array(fc.integer({ min: 0, max: 20 * 24 }), { minLength: 1, maxLength: 12 });
    let user = 0;
    const property = fc.asyncProperty(moments, fc.boolean(), async (hoursAgo, isSession) => {
      const all = hoursAgo.map((hours, n) =>
        completion(`i${n}`, 0, {
          occurredAt: NOON - hours * 3_600_000,
          ...(isSession && { type: 'impression', sessionId: `s${n}` }),
        }),
      );
      const [one, other] = [`order-${user}`, `reversed-${user++}`];
      for (const each of all) await track(one, [each]);
      const { behaviour } = await track(other, all.toReversed());
      const [days, reversed] = [(await stateOf(one)).days, (await stateOf(other)).days];
      expect(reversed).toEqual(days);
      const { length } = streakOf(daysIn(days), NOON, 'UTC');
      expect(length).toBeGreaterThanOrEqual(activityStreak(behaviour, 'UTC', NOON).days);
    });
    await fc.assert(property, { seed: 20_261_121, numRuns: 30 });
  });

  it('of somebody who never came are none', async () => {
    expect(await stateOf('stranger')).toEqual(noAchievements);
    expect((await read('stranger')).streak).toEqual({
      length: 0,
      longest: 0,
      freezes: 0,
      frozen: 0,
      today: false,
      expiresAt: null,
      timezone: 'UTC',
    });
  });
});
