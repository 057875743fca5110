import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignmentStore } from '../../../../adapters/dynamodb/stores/assignment-store.ts';
import { journalStore } from '../../../../adapters/dynamodb/stores/journal-store.ts';
import { outcomeStore } from '../../../../adapters/dynamodb/stores/outcome-store.ts';
import { usersStore } from '../../../../adapters/dynamodb/stores/users-store.ts';
import { assignAll } from '../../../../core/experiments/assignment/assign.ts';
import { keepExposures } from '../../../../core/experiments/assignment/exposures.ts';
import { countedExperiments } from '../../../../core/experiments/outcomes/counted-experiments.ts';
import { OUTCOME_SHARDS } from '../../../../core/experiments/outcomes/ports.ts';
import type { OutcomeRow } from '../../../../core/experiments/outcomes/types.ts';
import type { ExperimentBody, Metric } from '../../../../core/experiments/types.ts';
import type { Interaction } from '../../../../core/profile/types.ts';
import { trackInteractions } from '../../../../core/tracking/track-interactions.ts';
import { type CutOff, cutOffClient } from '../../../support/cut-off-client.ts';
import type { TestTable } from '../../../support/dynalite.ts';
import { inProcessTable } from '../../../support/dynalite-in-process.ts';
import { assignAsk, experimentBody, experimentsOf } from '../../../support/experiments.ts';
import { NOON } from '../../../support/interactions.ts';
import { type Delivery, deliverAll, type Schedule, schedules } from '../../../support/schedules.ts';

const SCHEDULES = Number(process.env.ATTUNE_SCHEDULES ?? 150);
const SEED = Number(process.env.ATTUNE_SEED ?? 20_261_121);
const RETENTION = 400 * 24 * 3_600_000;
const HOUR = 3_600_000;
/** Interactions of a schedule happened up to 72 hours before noon: some before the exposure, some after the short window. */
const EXPOSED_AT = NOON - 48 * HOUR;
const WINDOW_DAYS = 1.25;

const metrics: readonly Metric[] = [
  { name: 'finished', type: 'binomial', goal: 'increase', event: 'Complete' },
  { name: 'click', type: 'count', goal: 'increase' },
  { name: 'sales', type: 'revenue', goal: 'increase', event: 'purchase', windowDays: WINDOW_DAYS },
  { name: 'orders', type: 'count', goal: 'increase', event: 'purchase' },
  { name: 'reading', type: 'duration', goal: 'increase', event: 'view' },
];

/** Everybody in one arm: two attempts of a user that differ are like a change of the weights between them. */
const bodyOf = (key: string, weights: readonly [number, number]): ExperimentBody =>
  experimentBody({
    key,
    metrics,
    variants: [
      { key: 'a', weight: weights[0] },
      { key: 'b', weight: weights[1] },
    ],
  });
const setOf = (weights: readonly [number, number]) =>
  experimentsOf(bodyOf('one', weights), bodyOf('two', weights));
const sets = [setOf([1, 0]), setOf([0, 1])] as const;
const lines = sets[0].experiments.map(({ line }) => line);
const counted = countedExperiments(
  { version: 2, defined: sets[0].experiments.map(({ experiment }) => experiment) },
  NOON,
);

let table: TestTable;
const clock = () => NOON;
beforeAll(async () => {
  table = await inProcessTable();
});
afterAll(() => table.close());

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

const databaseOf = (cutOff: CutOff | null, ticks: readonly number[]) => {
  let call = 0;
  const pause = async () => {
    call += 1;
    for (let turn = ticks[call % ticks.length] ?? 0; turn > 0; turn -= 1) await tick();
  };
  const options = { cutOff: cutOff ?? undefined, pause };
  return { ...cutOffClient(table.client, options), tableName: table.tableName, clock };
};

/** One request that shows both experiments; answers the arms that the user is shown, undefined where it died. */
const show = async (userId: string, drawn: 0 | 1, cutOff: CutOff | null, ticks: readonly number[]) => {
  const database = databaseOf(cutOff, ticks);
  const ports = { assignments: assignmentStore(database), outcomes: outcomeStore(database) };
  try {
    const sticky = await ports.assignments.get(userId);
    const assignments = assignAll(sets[drawn], assignAsk(userId, { sticky, now: EXPOSED_AT }));
    const showing = {
      userId,
      assignments,
      sticky,
      profile: undefined,
      behaviour: undefined,
      now: EXPOSED_AT,
    };
    const stored = await keepExposures(ports, sets[drawn], showing);
    return lines.map((line) => stored[line]?.[0]);
  } catch {
    return undefined;
  }
};

/** Two requests at once that drew different arms, either cut off, then a third. Answers what was shown to the user. */
const showAll = async (userId: string, { deliveries, ticks }: Schedule) => {
  const cut = (at: number) => deliveries[at]?.cutOff ?? null;
  const answers = await Promise.all([
    show(userId, 0, cut(0), ticks),
    show(userId, 1, cut(1), [...ticks].reverse()),
  ]);
  return [...answers, await show(userId, 1, null, ticks)].filter((answer) => answer !== undefined);
};

const deliver = async (schedule: Schedule, users: (user: string) => string, delivery: Delivery) => {
  const database = databaseOf(delivery.cutOff, schedule.ticks);
  const conversions = { outcomes: outcomeStore(database), countedExperiments: async () => counted };
  const [journal, pause] = [journalStore(database), async () => undefined];
  const ports = { users: usersStore(database), journal, pause, conversions };
  const batch = (schedule.batches[delivery.batch] ?? []).map((index) => interactionAt(schedule, index));
  try {
    for (const [user, own] of Map.groupBy(batch, ({ userId }) => userId)) {
      const userId = users(user);
      const interactions = own.map((one) => ({ ...one, userId }));
      await trackInteractions(ports, { userId, interactions, now: NOON, retentionMs: RETENTION });
    }
    return true;
  } catch {
    return false;
  }
};

/** Every third says no value, every fifth a negative one. */
const interactionAt = ({ interactions }: Schedule, index: number): Interaction => {
  const value = index % 3 === 0 ? undefined : index % 5 === 0 ? -1 : index / 4;
  return { ...(interactions[index] as Interaction), value };
};

/** What a user did, counted plainly: every interaction once. */
const recount = (delivered: readonly Interaction[]) => {
  const after = delivered.filter(({ occurredAt }) => occurredAt >= EXPOSED_AT);
  const ofType = (type: string) => after.filter((one) => one.type === type);
  const sum = (values: readonly (number | undefined)[]) => {
    const said = values.filter((value) => value !== undefined && value >= 0) as number[];
    return [said.length, said.reduce((total, value) => total + value, 0)];
  };
  const soon = ofType('purchase').filter(
    ({ occurredAt }) => occurredAt <= EXPOSED_AT + WINDOW_DAYS * 24 * HOUR,
  );
  return Object.fromEntries(
    Object.entries({
      finished: sum(ofType('complete').length > 0 ? [1] : []),
      click: sum(ofType('click').map(() => 1)),
      sales: sum(soon.map(({ value }) => value)),
      orders: sum(ofType('purchase').map(() => 1)),
      reading: sum(ofType('view').map(({ durationMs, value }) => durationMs ?? value)),
    }).filter(([, [conversions]]) => conversions !== 0),
  );
};

const rowsOf = async (line: string): Promise<Map<string, OutcomeRow[]>> => {
  const store = outcomeStore({ ...table, clock });
  const rows: OutcomeRow[] = [];
  for (let shard = 0; shard < OUTCOME_SHARDS; shard += 1)
    for await (const row of store.rowsOf(line, shard)) rows.push(row);
  return Map.groupBy(rows, ({ userId }) => userId);
};

const tallies = (row: OutcomeRow | undefined) =>
  Object.fromEntries(Object.entries(row?.metrics ?? {}).map(([name, tally]) => [name, [...tally]]));

describe('exposures and conversions', () => {
  it(`are counted exactly once in ${SCHEDULES} random schedules of cuts, redeliveries and duplicates`, async () => {
    const all = fc.sample(schedules, { numRuns: SCHEDULES, seed: SEED });
    const expected = new Map<string, { shown: (string | undefined)[]; tallies: object }>();
    const twoArms: unknown[] = [];
    for (const [number, schedule] of all.entries()) {
      const prefixed = (name: string) => `s${number}-${name}`;
      const indexes = [...new Set(schedule.batches.flat())];
      const byUser = Map.groupBy(
        indexes.map((index) => interactionAt(schedule, index)),
        ({ userId }) => userId,
      );
      for (const [user, delivered] of byUser) {
        const answers = await showAll(prefixed(user), schedule);
        const arms = new Set(answers.map((answer) => answer.join()));
        if (arms.size !== 1) twoArms.push({ user: prefixed(user), answers });
        expected.set(prefixed(user), { shown: answers[0] ?? [], tallies: recount(delivered) });
      }
      await deliverAll(schedule, (delivery) => deliver(schedule, prefixed, delivery));
    }
    expect(twoArms).toEqual([]);
    const sticky = assignmentStore({ ...table, clock });
    for (const [at, line] of lines.entries()) {
      const rows = await rowsOf(line);
      expect([...rows.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [userId, { shown, tallies: plain }] of expected) {
        const [row, ...more] = rows.get(userId) ?? [];
        const stored = (await sticky.get(userId))[line];
        expect([userId, more.length, row?.variant, stored?.[0], row?.exposedAt]).toEqual([
          userId,
          0,
          shown[at],
          shown[at],
          EXPOSED_AT,
        ]);
        expect([userId, tallies(row)]).toEqual([userId, plain]);
      }
    }
    expect(expected.size).toBeGreaterThan(SCHEDULES);
    expect(new Set([...expected.values()].map(({ shown }) => shown[0]))).toEqual(new Set(['a', 'b']));
  }, 120_000);
});
