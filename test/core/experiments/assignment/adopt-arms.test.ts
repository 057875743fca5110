import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assignmentStore } from '../../../../adapters/dynamodb/stores/assignment-store.ts';
import { outcomeStore } from '../../../../adapters/dynamodb/stores/outcome-store.ts';
import { Forbidden } from '../../../../core/errors.ts';
import { adoptArms, assertMayClaim } from '../../../../core/experiments/assignment/adopt-arms.ts';
import { convert } from '../../../../core/experiments/outcomes/convert.ts';
import { countedMetric } from '../../../../core/experiments/outcomes/counted-experiments.ts';
import { OUTCOME_SHARDS } from '../../../../core/experiments/outcomes/ports.ts';
import type { OutcomeRow } from '../../../../core/experiments/outcomes/types.ts';
import type { Metric, StickyAssignments } from '../../../../core/experiments/types.ts';
import { type CutOff, cutOffClient } from '../../../support/cut-off-client.ts';
import type { TestTable } from '../../../support/dynalite.ts';
import { inProcessTable } from '../../../support/dynalite-in-process.ts';
import { experimentBody, experimentsOf } from '../../../support/experiments.ts';
import { outcomeRow } from '../../../support/outcomes.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const sales: Metric = { name: 'sales', type: 'revenue', goal: 'increase' };

/** One experiment that only the anonymous id saw, one that both saw alike, one that they saw differently. */
const set = experimentsOf(
  ...['alone', 'alike', 'apart'].map((key) => experimentBody({ key, metrics: [sales] })),
);
const [ALONE = '', ALIKE = '', APART = ''] = set.experiments.map(({ line }) => line);

let table: TestTable;
let made = 0;
const clock = () => NOW;
beforeAll(async () => {
  table = await inProcessTable();
});
afterAll(() => table.close());

const portsOf = (cutOff?: CutOff) => {
  const database = { ...cutOffClient(table.client, { cutOff }), tableName: table.tableName, clock };
  return { assignments: assignmentStore(database), outcomes: outcomeStore(database) };
};

/** Both ids with what they saw and did; rows and arms are stored. */
const world = async () => {
  made += 1;
  const [userId, anonymousId] = [`ada-${made}`, `anon:${made}`];
  const ports = portsOf();
  const see = async (who: string, line: string, variant: string, exposedAt: number, paid: number) => {
    const metrics = { sales: [1, paid] } as const;
    await ports.outcomes.expose(
      outcomeRow({ line, userId: who, variant, exposedAt, metrics, keys: [exposedAt] }),
    );
    await ports.assignments.expose(who, { [line]: [variant, exposedAt, 0.5] }, []);
  };
  for (const [line, variant] of [
    [ALONE, 'quiet'],
    [ALIKE, 'quiet'],
    [APART, 'quiet'],
  ] as const)
    await see(anonymousId, line, variant, NOW - HOUR, 1);
  await see(userId, ALIKE, 'quiet', NOW, 10);
  await see(userId, APART, 'control', NOW, 10);
  const adopt = async (cutOff?: CutOff): Promise<StickyAssignments> => {
    const stores = portsOf(cutOff);
    const arms = {
      ofUser: await ports.assignments.get(userId),
      ofAnonymous: await ports.assignments.get(anonymousId),
    };
    return adoptArms(stores, set, { anonymousId, userId, now: NOW }, arms);
  };
  return { userId, anonymousId, ports, adopt };
};

const rowsOf = async (line: string, ids: readonly string[]): Promise<OutcomeRow[]> => {
  const rows: OutcomeRow[] = [];
  for (let shard = 0; shard < OUTCOME_SHARDS; shard += 1)
    for await (const row of portsOf().outcomes.rowsOf(line, shard)) rows.push(row);
  return rows.filter(({ userId }) => ids.includes(userId));
};

const expectAdopted = async ({ userId, anonymousId, ports }: Awaited<ReturnType<typeof world>>) => {
  const ids = [userId, anonymousId];
  expect(await rowsOf(ALONE, ids)).toMatchObject([
    { userId, variant: 'quiet', exposedAt: NOW - HOUR, metrics: { sales: [1, 1] }, otherArms: [] },
  ]);
  expect(await rowsOf(ALIKE, ids)).toMatchObject([
    { userId, variant: 'quiet', exposedAt: NOW - HOUR, metrics: { sales: [2, 11] }, otherArms: [] },
  ]);
  expect(await rowsOf(APART, ids)).toMatchObject([
    { userId, variant: 'control', exposedAt: NOW, metrics: { sales: [1, 10] }, otherArms: ['quiet'] },
  ]);
  const arms = (sticky: StickyAssignments) => [ALONE, ALIKE, APART].map((line) => sticky[line]?.[0]);
  expect(arms(await ports.assignments.get(userId))).toEqual(['quiet', 'quiet', 'control']);
  expect(await ports.assignments.get(anonymousId)).toEqual({});
};

describe('arms of an anonymous id', () => {
  it('become those of the user, who counts once', async () => {
    const it = await world();
    const sticky = await it.adopt();
    expect(sticky).toEqual(await it.ports.assignments.get(it.userId));
    await expectAdopted(it);
    expect(await it.adopt()).toEqual(sticky);
    await expectAdopted(it);
  });

  const cuts = Array.from({ length: 9 }, (_, n) => n + 1).flatMap((write) =>
    (['before', 'after'] as const).map((when) => ({ write, when })),
  );

  it.each(cuts)('become the same after a crash $when write $write', async (cutOff) => {
    const it = await world();
    await it.adopt(cutOff).catch(() => undefined);
    await it.adopt();
    await expectAdopted(it);
  });

  it('become the same when several requests do it at once', async () => {
    const it = await world();
    await Promise.all([1, 2, 3, 4].map(() => it.adopt()));
    await expectAdopted(it);
  });

  it('take along what is counted meanwhile, or leave it uncounted and say so', async () => {
    const it = await world();
    const conversion = (n: number) => ({
      metric: countedMetric(sales),
      id: `order-${n}`,
      value: 100,
      occurredAt: NOW,
    });
    const buys = Array.from({ length: 12 }, (_, n) =>
      convert(it.ports, { line: ALONE, userId: it.anonymousId }, [conversion(n)]).then(
        ({ judgements }) => judgements[0]?.counted === true,
      ),
    );
    const [, ...counted] = await Promise.all([it.adopt(), ...buys]);
    const [row] = await rowsOf(ALONE, [it.userId, it.anonymousId]);
    expect(row?.metrics.sales?.[1]).toBe(1 + 100 * counted.filter(Boolean).length);
  });
});

describe('an anonymous id', () => {
  const user = { sub: 'ada', kind: 'user' } as const;
  it.each(['anon:0123456789abcdef', 'anonymous:01JD3Q0Z7K8V5W2X9Y4A6B1C3D'])('may be claimed: %s', (id) => {
    expect(() => assertMayClaim(user, id)).not.toThrow();
  });
  it.each(['bob', 'anon:bob', 'anon-0123456789abcdef', 'ANON:0123456789abcdef', 'x-anon:0123456789abcdef'])(
    'may be claimed by services only: %s',
    (id) => {
      expect(() => assertMayClaim(user, id)).toThrow(Forbidden);
      for (const kind of ['service', 'admin'] as const)
        expect(() => assertMayClaim({ sub: 'x', kind }, id)).not.toThrow();
    },
  );
});
