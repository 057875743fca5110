import { describe, expect, it } from '@jest/globals';
import type { ActivityReport, DayCounts } from '../../../core/analytics/types.ts';
import type { StoredUser } from '../../../core/journal/ports.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import { DAY, HOUR, SECOND } from '../../support/clock.ts';
import { NIGHT, nightWorld, storedUser } from '../../support/night-world.ts';
import { answered, configured, runAggregate, TODAY, withDecisions } from './world.ts';

const MIDNIGHT = Date.parse(TODAY);
const MINUTE = 60 * SECOND;

const reported = async (...users: StoredUser[]): Promise<ActivityReport> => {
  const world = nightWorld({ users });
  await runAggregate(world, { runId: 'run-1', shards: 2 });
  return (await world.ports.analytics.get('activity')) as ActivityReport;
};
const daysOf = async (...users: StoredUser[]): Promise<Record<string, DayCounts>> =>
  Object.fromEntries((await reported(...users)).days);

/** One user who did this, and what was counted of the given day. */
const dayOfUser = async (day: string, interactions: readonly Partial<Interaction>[]) =>
  (await daysOf(storedUser('ada', interactions)))[day];

const YESTERDAY = '2026-11-20';

describe('the edge of a day', () => {
  it('is midnight UTC; the moment of the run is the end of everything', async () => {
    const at = [MIDNIGHT - 1, MIDNIGHT, NIGHT - 1, NIGHT, NIGHT + HOUR];
    const days = await daysOf(
      storedUser(
        'ada',
        at.map((occurredAt) => ({ occurredAt })),
      ),
    );
    expect(days[YESTERDAY]).toMatchObject({ active: 1, new: 1, interactions: 1 });
    expect(days[TODAY]).toMatchObject({ active: 1, interactions: 2 });
    expect(days[TODAY]?.new).toBeUndefined();
    expect(Object.keys(days)).toEqual([YESTERDAY, TODAY]);
  });

  it('is the edge of a period, too', async () => {
    const report = await reported(
      storedUser('ada', [{ occurredAt: MIDNIGHT }]),
      storedUser('bob', [{ occurredAt: MIDNIGHT - 1 }]),
    );
    expect(report.periods['1d']).toEqual({ active: 1, new: 1 });
    expect(report.periods['7d']).toEqual({ active: 2, new: 2 });
  });

  it('leaves out what is older than 90 days, which still makes a user returning', async () => {
    const report = await reported(
      storedUser('ada', [{ occurredAt: MIDNIGHT - 89 * DAY - 1 }, { occurredAt: MIDNIGHT - 89 * DAY }]),
    );
    expect(report.days.map(([day]) => day)).toEqual(['2026-08-24']);
    expect(report.periods['90d']).toEqual({ active: 1, new: 0 });
    expect(report.periods['30d']).toEqual({ active: 0, new: 0 });
  });

  it('puts what arrives late into the day on which it occurred', async () => {
    const late = { occurredAt: MIDNIGHT - 3 * DAY, receivedAt: NIGHT - 1 };
    expect(await dayOfUser('2026-11-18', [late])).toMatchObject({ active: 1, interactions: 1 });
  });
});

describe('sessions', () => {
  it('count whole on the day they began, however far they went', async () => {
    const session = [-5, 10, 20].map((minutes) => ({
      sessionId: 's',
      occurredAt: MIDNIGHT + minutes * MINUTE,
    }));
    const days = await daysOf(storedUser('ada', session));
    expect(days[YESTERDAY]).toMatchObject({ sessions: 1, seconds: 25 * 60 });
    expect(days[TODAY]?.sessions).toBeUndefined();
  });

  it('of the same name after more than a day of silence are two', async () => {
    const at = [MIDNIGHT - 2 * DAY, MIDNIGHT - 2 * DAY + HOUR, MIDNIGHT - HOUR, MIDNIGHT];
    const days = await daysOf(
      storedUser(
        'ada',
        at.map((occurredAt) => ({ sessionId: 's', occurredAt })),
      ),
    );
    expect([days['2026-11-19']?.sessions, days['2026-11-19']?.seconds]).toEqual([1, 3600]);
    expect([days[YESTERDAY]?.sessions, days[YESTERDAY]?.seconds]).toEqual([1, 3600]);
  });
});

describe('engagement', () => {
  it('is told by what the user did, not by what was merely shown', async () => {
    const day = await dayOfUser(TODAY, [
      { type: 'impression', occurredAt: NIGHT - 2 },
      { type: 'complete', completionRate: 1, occurredAt: NIGHT - 1 },
    ]);
    expect(day).toMatchObject({ interactions: 2, telling: 1, engagement: 1000 });
  });
});

describe('learning', () => {
  const course = (daysAgo: number, given: Partial<Interaction>) => ({
    contentId: 'course-1',
    contentType: 'Course',
    occurredAt: MIDNIGHT - daysAgo * DAY,
    ...given,
  });

  it('starts once, goes on day by day, and is completed once', async () => {
    const days = await daysOf(
      storedUser('ada', [
        course(5, { type: 'impression' }),
        course(4, { type: 'view' }),
        course(3, { type: 'play' }),
        course(3, { type: 'play' }),
        course(1, { type: 'complete' }),
        course(0, { type: 'complete' }),
      ]),
    );
    const told = Object.entries(days).map(([day, { started, progressed, completed }]) => [
      day.slice(8),
      started ?? 0,
      progressed ?? 0,
      completed ?? 0,
    ]);
    expect(told).toEqual([
      ['16', 0, 0, 0],
      ['17', 1, 0, 0],
      ['18', 0, 1, 0],
      ['20', 0, 0, 1],
      ['21', 0, 0, 0],
    ]);
  });

  it('is not completed by being bought, nor told by other contents', async () => {
    expect((await dayOfUser(TODAY, [course(0, { type: 'purchase' })]))?.completed).toBeUndefined();
    const film = await dayOfUser(TODAY, [course(0, { type: 'complete', contentType: 'film' })]);
    expect([film?.started, film?.completed]).toEqual([undefined, undefined]);
  });
});

describe('recommendations', () => {
  const answer = answered('ada', 7, NIGHT - 3 * DAY, 5);
  const followed = (position: number, type: string, daysAgo = 0) => ({
    type,
    recommendationId: `${answer.decisionId}.${position}`,
    occurredAt: NIGHT - 1 - daysAgo * DAY,
  });
  const told = async (interactions: readonly Partial<Interaction>[], decisions = [answer]) =>
    daysOf(withDecisions(storedUser('ada', interactions), decisions));

  it('count on the day they were made, each element once, whenever it was followed', async () => {
    const days = await told([
      followed(0, 'click'),
      followed(0, 'click', 1),
      followed(1, 'purchase'),
      followed(2, 'dismiss'),
      followed(3, 'impression'),
    ]);
    const outcome = { answers: 1, shown: 5, clicked: 2, converted: 1, dismissed: 1 };
    expect(days['2026-11-18']).toEqual(expect.objectContaining(outcome));
    expect([days[TODAY]?.clicked, days[TODAY]?.unattributed]).toEqual([undefined, undefined]);
  });

  it('of which there should be a trace and is none are unattributed, on the day of the click', async () => {
    const days = await told([
      followed(5, 'click'),
      { ...followed(0, 'click'), recommendationId: 'r-1' },
      { ...followed(0, 'dismiss'), recommendationId: 'r-2' },
    ]);
    expect(days[TODAY]).toMatchObject({ unattributed: 2 });
    expect(days['2026-11-18']?.clicked).toBeUndefined();
  });

  it('are named by whole ids as well, with the sealed user', async () => {
    const sealed = `${answer.decisionId}.c2VhbGVkLXVzZXI.1`;
    const days = await told([{ ...followed(0, 'click'), recommendationId: sealed }]);
    expect(days['2026-11-18']).toMatchObject({ clicked: 1 });
  });

  it('of other people do not count for somebody who names them', async () => {
    const days = await daysOf(
      withDecisions(storedUser('ada', []), [answer]),
      storedUser('bob', [followed(0, 'click')]),
    );
    expect(days['2026-11-18']?.clicked).toBeUndefined();
    expect(days[TODAY]?.unattributed).toBe(1);
  });
});

describe('decisions by rules', () => {
  it('are exposures where a rule applied, converted where that followed within seven days', async () => {
    const [exposed, other, late] = [
      configured('ada', 1, NIGHT - 10 * DAY),
      configured('ada', 2, NIGHT - 10 * DAY),
      configured('ada', 11, NIGHT - 20 * DAY),
    ];
    const bought = { type: 'purchase', occurredAt: NIGHT - 4 * DAY };
    const days = await daysOf(withDecisions(storedUser('ada', [bought]), [exposed, other, late]));
    expect(days['2026-11-11']).toMatchObject({ decisions: 2, exposures: 1, conversions: 1 });
    expect(days['2026-11-01']).toMatchObject({ decisions: 1, exposures: 1 });
    expect(days['2026-11-01']?.conversions).toBeUndefined();
  });
});

describe('days whose traces are gone', () => {
  const decided = answered('ada', 1, NIGHT - 28 * DAY, 4);
  const clicked = {
    type: 'click',
    recommendationId: `${decided.decisionId}.0`,
    occurredAt: NIGHT - 20 * DAY,
  };
  const whole = withDecisions(storedUser('ada', [clicked]), [decided]);
  const [DECIDED, CLICKED] = ['2026-10-24', '2026-11-01'];

  const reportedAfter = async (elapsed: number, user: StoredUser) => {
    const world = nightWorld({ users: [whole] });
    await runAggregate(world, { runId: 'run-1', shards: 1 });
    const later = nightWorld({ users: [user] });
    const ports = { ...later.ports, analytics: world.ports.analytics };
    await runAggregate({ ...later, ports }, { runId: 'run-2', shards: 1, startedAt: NIGHT + elapsed });
    return Object.fromEntries(((await ports.analytics.get('activity')) as ActivityReport).days);
  };

  it('keep what the last report saw; interactions are counted again', async () => {
    const days = await reportedAfter(5 * DAY, storedUser('ada', [clicked, { occurredAt: NIGHT - 28 * DAY }]));
    expect(days[DECIDED]).toEqual({ ...days[DECIDED], answers: 1, shown: 4, clicked: 1, interactions: 1 });
    expect(days[CLICKED]?.unattributed).toBeUndefined();
  });

  it('are counted anew while every trace is still there', async () => {
    const days = await reportedAfter(HOUR, { ...whole, decisions: [] });
    expect(days[DECIDED]?.answers).toBeUndefined();
  });

  it('leave the window in the end', async () => {
    expect(Object.keys(await reportedAfter(62 * DAY, whole))).not.toContain(DECIDED);
  });
});
