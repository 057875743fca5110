import { functionsOf, type Job, jobs, type StepName } from '../../contracts/nights.ts';
import { addBills, type Bill, LAMBDA, tableBill, times } from './bill.ts';
import type { Measured } from './measure.ts';
import { KILOBYTES_PER_READ_UNIT, type StepUse } from './night.ts';
import { prices } from './prices.ts';

/** How large the jobs' work is. */
type Tenant = {
  readonly users: number;
  readonly items: number;
  /** Interactions of each user that are stored. */
  readonly interactionsStored: number;
  /** Hours of a day in which a user does anything. */
  readonly activeHoursPerUserAndDay: number;
};

/** Shards of a map of the nights for so much data. */
const SHARDS = 8;
const HOURS = 24;
/** The trend counts an hour again while it may still have been growing. */
const TREND_COUNTS = 3;
/** Newest pages that the trend reads at the same time. */
const TREND_AT_ONCE = 16;

const isHourly = ({ schedule }: Job): boolean => schedule === 'rate(1 hour)';
const hourly = jobs.filter(isHourly);
const nightly = jobs.filter(({ name }) => name === 'retrain' || name === 'aggregate');

const stepsOf = (some: readonly Job[]) => new Map(some.flatMap(functionsOf).map((step) => [step.name, step]));

type Night = Measured['night'];

/** How often what was measured of a step has to be done for a tenant. */
const scalesOf = (
  night: Night,
  { users, items, interactionsStored }: Tenant,
): Partial<Record<StepName, number>> => {
  const byUsers = users / night.users;
  const volume = byUsers * (interactionsStored / (night.interactions / night.users));
  return { export: volume, count: volume, train: volume, publish: items / night.items, precompute: byUsers };
};

const lambdaOf = (memoryMb: number, seconds: number): number =>
  (memoryMb / 1024) * seconds * prices.lambda.gigabyteSecond;

/** Lambda time of steps. What is one function ends when Lambda ends it: of more data it reads a part, or Spark trains. */
const stepsBill = (night: Night, some: readonly Job[], scales: Partial<Record<StepName, number>>): Bill => {
  const wanted = stepsOf(some);
  const dollars = night.steps.map(({ name, memoryMb, seconds }) => {
    const step = wanted.get(name);
    if (!step) return 0;
    const scaled = seconds * (scales[name] ?? 1);
    return lambdaOf(memoryMb, step.kind === 'task' ? Math.min(scaled, step.timeoutMinutes * 60) : scaled);
  });
  return { Lambda: dollars.reduce((sum, one) => sum + one, 0) };
};

/** State transitions of jobs: a step, and each of its shards with its one state, is one. */
const transitions = (some: readonly Job[]): Bill => {
  const counts = some.map(({ steps }) =>
    steps.reduce((sum, { kind }) => sum + 1 + (kind === 'map' ? 2 * SHARDS : 0), 3),
  );
  return {
    'Step Functions': counts.reduce((sum, one) => sum + one, 0) * prices.stepFunctions.transition,
  };
};

/** Lists for every user, and the catalogue read and kept as a snapshot. */
const precomputeBill = (
  { night, precomputing }: Pick<Measured, 'night' | 'precomputing'>,
  { users, items }: Tenant,
): Bill =>
  addBills(
    times(users / precomputing.users, tableBill(precomputing.use)),
    times(items / night.items, tableBill(precomputing.catalogueUse)),
  );

/** `export` and `count` walk over everything that is in the table, traces too. */
const scannedTraces = (bytes: number): Bill =>
  tableBill({ roundTrips: 0, readUnits: (2 * bytes) / (KILOBYTES_PER_READ_UNIT * 1024), writeUnits: 0 });

/** One night, with the evening's counting: units by user and item as measured, Lambda time by user. */
export const nightBill = (
  { night, precomputing, publishedUnitsPerItem }: Measured,
  tenant: Tenant & { readonly traceBytes: number },
): Bill => {
  const scales = scalesOf(night, tenant);
  const units = ({ name, table }: StepUse): Bill => times(scales[name] ?? 1, tableBill(table));
  // What is published and precomputed goes by items and users.
  const counted = night.steps.filter(({ name }) =>
    ['export', 'count', 'aggregate', 'train', 'promote'].includes(name),
  );
  return addBills(
    ...counted.map(units),
    scannedTraces(tenant.traceBytes),
    tableBill({ roundTrips: 0, readUnits: 0, writeUnits: publishedUnitsPerItem * tenant.items }),
    precomputeBill({ night, precomputing }, tenant),
    stepsBill(night, nightly, scales),
    transitions(nightly),
    { S3: (SHARDS * 6 + 8) * prices.s3.put + SHARDS * 9 * prices.s3.get },
  );
};

/** The precomputation of the afternoon. */
export const afternoonBill = ({ night, precomputing }: Measured, tenant: Tenant): Bill => {
  const job = jobs.filter(({ name }) => name === 'precompute');
  return addBills(
    precomputeBill({ night, precomputing }, tenant),
    stepsBill(night, job, scalesOf(night, tenant)),
    transitions(job),
  );
};

/** The jobs of every hour of a day. The trend asks for the newest pages of everybody who was there. */
export const hourlyBill = ({ night }: Measured, { users, activeHoursPerUserAndDay }: Tenant): Bill => {
  const asked = users * activeHoursPerUserAndDay * TREND_COUNTS;
  const memoryMb = stepsOf(hourly).get('trending')?.memoryMb ?? 0;
  return addBills(
    times(HOURS, addBills(stepsBill(night, hourly, {}), transitions(hourly))),
    tableBill({ roundTrips: 0, readUnits: asked, writeUnits: 0 }),
    { Lambda: lambdaOf(memoryMb, (asked * LAMBDA.roundMs) / 1000 / TREND_AT_ONCE) },
  );
};
