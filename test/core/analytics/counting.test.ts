import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isConversion } from '../../../core/analytics/conversions.ts';
import { sumTrees } from '../../../core/analytics/number-tree.ts';
import { dayOf, PERIOD_DAYS, PERIODS } from '../../../core/analytics/periods.ts';
import type { ActivityReport, DayCounts } from '../../../core/analytics/types.ts';
import type { StoredUser } from '../../../core/journal/ports.ts';
import { strengthOf } from '../../../core/profile/fold/signal-table.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import { DAY } from '../../support/clock.ts';
import { NIGHT, nightWorld } from '../../support/night-world.ts';
import { runAggregate, someUsers, TODAY } from './world.ts';

const SEED = { seed: 20261121, numRuns: 80 };
const FIRST = Date.parse(TODAY) - 89 * DAY;

const consents = ({ profile }: StoredUser) => profile?.privacy.consents.analytics ?? true;
const interactionsOf = ({ pages }: StoredUser): readonly Interaction[] =>
  pages.flatMap((page) => page.interactions).filter(({ occurredAt }) => occurredAt < NIGHT);
const countedDays = (report: ActivityReport): Record<string, DayCounts> => Object.fromEntries(report.days);

/** The same numbers, told in other words: by walking over all days and asking each user about each. */
const naive = (users: readonly StoredUser[]) => {
  const asked = users.filter(consents);
  const days: Record<string, DayCounts> = {};
  for (let start = FIRST; start <= NIGHT; start += DAY) {
    const today = ({ occurredAt }: { occurredAt: number }) => dayOf(occurredAt) === dayOf(start);
    const acts = asked.map((user) => ({ user, done: interactionsOf(user).filter(today) }));
    const present = acts.filter(({ done }) => done.length > 0);
    const isNew = ({ user }: { user: StoredUser }) =>
      dayOf(Math.min(...interactionsOf(user).map(({ occurredAt }) => occurredAt))) === dayOf(start);
    const answers = asked.flatMap((user) =>
      (user.decisions ?? [])
        .filter(
          ({ decidedAt, decisionId }) => dayOf(decidedAt) === dayOf(start) && !decisionId.startsWith('cfg'),
        )
        .filter(({ decidedAt }) => decidedAt < NIGHT)
        .map((decision) => ({ user, decision, shown: (decision.body as { shown: number[] }).shown[0] ?? 0 })),
    );
    const outcomes = answers.flatMap(({ user, decision, shown }) =>
      Array.from({ length: shown }, (_, position) =>
        interactionsOf(user).filter((one) => one.recommendationId === `${decision.decisionId}.${position}`),
      ),
    );
    days[dayOf(start)] = {
      active: present.length,
      new: present.filter(isNew).length,
      interactions: acts.flatMap(({ done }) => done).length,
      answers: answers.length,
      shown: answers.reduce((sum, { shown }) => sum + shown, 0),
      clicked: outcomes.filter((done) => done.some((one) => isConversion(one) || strengthOf(one.type) >= 1))
        .length,
      converted: outcomes.filter((done) => done.some(isConversion)).length,
      dismissed: outcomes.filter((done) => done.some(({ type }) => type === 'dismiss')).length,
    };
  }
  return days;
};

const reportOf = async (users: readonly StoredUser[], shards: number, runId = 'run-1') => {
  const world = nightWorld({ users });
  await runAggregate(world, { runId, shards });
  return {
    world,
    activity: (await world.ports.analytics.get('activity')) as ActivityReport,
    segments: await world.ports.analytics.get('segments'),
    rules: await world.ports.analytics.get('rules'),
  };
};

describe('an aggregation', () => {
  it('counts what a naive recount counts, day by day', async () => {
    await fc.assert(
      fc.asyncProperty(someUsers, async (users) => {
        const { activity } = await reportOf(users, 3);
        const counted = countedDays(activity);
        for (const [day, expected] of Object.entries(naive(users))) {
          const zeros = Object.fromEntries(Object.keys(expected).map((name) => [name, 0]));
          expect([day, { ...zeros, ...counted[day] }]).toEqual([day, expect.objectContaining(expected)]);
        }
        expect(Object.keys(counted).every((day) => day >= dayOf(FIRST) && day <= TODAY)).toBe(true);
      }),
      SEED,
    );
  });

  it('counts each user once in each period, and those without consent as left out', async () => {
    await fc.assert(
      fc.asyncProperty(someUsers, async (users) => {
        const { activity } = await reportOf(users, 2);
        const asked = users.filter(consents);
        expect([activity.users, activity.leftOut.consent]).toEqual([
          asked.length,
          users.length - asked.length,
        ]);
        for (const period of PERIODS) {
          const start = Date.parse(TODAY) - (PERIOD_DAYS[period] - 1) * DAY;
          const times = asked.map((user) => interactionsOf(user).map(({ occurredAt }) => occurredAt));
          const active = times.filter((all) => all.some((at) => at >= start));
          const fresh = active.filter((all) => all.every((at) => at >= start));
          expect(activity.periods[period]).toEqual({ active: active.length, new: fresh.length });
        }
      }),
      SEED,
    );
  });

  it('says the same in any number of shards, in any order of users, and in a repeat', async () => {
    await fc.assert(
      fc.asyncProperty(someUsers, fc.integer({ min: 1, max: 9 }), async (users, shards) => {
        const [one, many] = [await reportOf(users, 1), await reportOf([...users].reverse(), shards)];
        expect([many.activity, many.segments, many.rules]).toEqual([one.activity, one.segments, one.rules]);
        await runAggregate(one.world, { runId: 'run-1', shards: 1 });
        expect(await one.world.ports.analytics.get('activity')).toEqual(one.activity);
      }),
      { ...SEED, numRuns: 60 },
    );
  });

  it('names nobody', async () => {
    const users = fc.sample(someUsers, { ...SEED, numRuns: 20 }).flat();
    const { world, ...reports } = await reportOf(users, 4);
    expect(JSON.stringify(reports)).not.toMatch(/"u\d+"/);
    const objects = [...world.bodies.keys()].filter((key) => key.includes('counters'));
    expect(objects).toHaveLength(4);
    for (const key of objects)
      expect(JSON.stringify(await world.ports.objects.getJson(key))).not.toMatch(/"u\d+"/);
  });

  it('refuses to report a run of which a shard is missing', async () => {
    const world = nightWorld({});
    await runAggregate(world, { runId: 'run-1', shards: 3 });
    world.bodies.delete('exports/run-1/counters-1.json.gz');
    const { aggregate } = await import('../../../core/nights/steps/aggregate.ts');
    const step = { runId: 'run-1', shard: 0, shards: 1, now: NIGHT };
    await expect(aggregate(world.ports, step)).rejects.toThrow('shards 1 are missing');
    await expect(aggregate(world.ports, { ...step, runId: 'never' })).rejects.toThrow('never planned');
  });
});

describe('sums of counters', () => {
  const tree = fc.letrec<{ tree: Record<string, never> }>((tie) => ({
    tree: fc
      .dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom(1, 2, 40))
      .chain((leaves) =>
        fc
          .option(fc.oneof({ maxDepth: 2 }, fc.constant({}), tie('tree')), { nil: undefined })
          .map((inner) => ({ ...leaves, ...(inner && { inner }) }) as Record<string, never>),
      ),
  })).tree;

  it('do not depend on order or grouping', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 6 }), fc.integer({ min: 0, max: 6 }), (trees, cut) => {
        const all = sumTrees(trees);
        expect(sumTrees([...trees].reverse())).toEqual(all);
        expect(sumTrees([sumTrees(trees.slice(0, cut)), sumTrees(trees.slice(cut))])).toEqual(all);
        expect(Object.prototype).not.toHaveProperty('a');
      }),
      SEED,
    );
  });
});
