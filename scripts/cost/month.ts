import { jobs } from '../../contracts/nights.ts';
import { addBills, type Bill, LAMBDA, tableBill, times } from './bill.ts';
import { BULK, type Measured } from './measure.ts';
import type { millionBills } from './operations.ts';
import { prices } from './prices.ts';

/** What a month of a tenant is assumed to be. */
export const TENANT = {
  users: 100_000,
  items: 50_000,
  interactionsPerUserAndDay: 10,
  recommendationsPerUserAndDay: 10,
  /** Of a user's answers of a day, those from the night's list, those that changed, those that did not. */
  precomputed: 1,
  computedNew: 5,
  computedAgain: 4,
  /** Interactions of each user that are stored. */
  interactionsStored: 300,
  /** Fresh Lambda instances of functions that hold the catalogue. */
  coldStartsPerDay: 500,
  days: 30,
} as const;

/** Shards of a map of the nights for so much data. */
const SHARDS = 8;

/** Lists for every user, and the catalogue read and kept as a snapshot. */
const precomputeBill = ({ night, precomputing }: Pick<Measured, 'night' | 'precomputing'>): Bill =>
  addBills(
    times(TENANT.users / precomputing.users, tableBill(precomputing.use)),
    times(TENANT.items / night.items, tableBill(precomputing.catalogueUse)),
  );

/** One night: units by user and item as measured, Lambda time by user. */
export const nightBill = ({ night, precomputing, publishedUnitsPerItem }: Measured): Bill => {
  const users = TENANT.users / night.users;
  const items = TENANT.items / night.items;
  const storedPerUser = night.interactions / night.users;
  const volume = users * (TENANT.interactionsStored / storedPerUser);
  const scale: Record<string, number> = { export: volume, train: volume, publish: items, precompute: users };
  const lambda = night.steps.reduce(
    (sum, { name, memoryMb, seconds }) =>
      sum + (memoryMb / 1024) * seconds * (scale[name] ?? 1) * prices.lambda.gigabyteSecond,
    0,
  );
  const units = (name: string) => {
    const table = night.steps.find((step) => step.name === name)?.table;
    return table ? times(scale[name] ?? 1, tableBill(table)) : {};
  };
  return addBills(
    units('export'),
    units('train'),
    tableBill({ roundTrips: 0, readUnits: 0, writeUnits: publishedUnitsPerItem * TENANT.items }),
    units('promote'),
    precomputeBill({ night, precomputing }),
    { Lambda: lambda, 'Step Functions': transitions() * prices.stepFunctions.transition },
    { S3: (SHARDS * 5 + 6) * prices.s3.put + SHARDS * 8 * prices.s3.get },
  );
};

/** State transitions of the nightly job: a step, and each of its shards with its one state, is one. */
const transitions = (): number =>
  (jobs.find(({ name }) => name === 'retrain')?.steps ?? []).reduce(
    (sum, { kind }) => sum + 1 + (kind === 'map' ? 2 * SHARDS : 0),
    3,
  );

const storageBill = ({ night }: Measured): Bill => {
  const storedPerUser = night.interactions / night.users;
  const bytes = night.tableBytes * (TENANT.users / night.users) * (TENANT.interactionsStored / storedPerUser);
  const { gigabyteMonth, pitrGigabyteMonth } = prices.dynamodb;
  return { 'DynamoDB storage': (bytes / 1e9) * (gigabyteMonth + pitrGigabyteMonth) };
};

/** The table and the queue ask for data keys every few minutes and keep them. */
const KEY_REQUESTS = 200_000;

const keyBill: Bill = { KMS: prices.kms.keyMonth + KEY_REQUESTS * prices.kms.request };

/** A month with interactions sent one by one, or in bulk. */
export const monthBill = (
  measured: Measured,
  millions: ReturnType<typeof millionBills>,
  tracking: 'single' | 'bulk',
): Bill => {
  const daily = TENANT.users / 1e6;
  const coldUnits = measured.coldReadUnitsPerItem * TENANT.items * TENANT.coldStartsPerDay;
  const hourly: Bill = { 'Step Functions': 24 * 4 * prices.stepFunctions.transition };
  const precomputeAgain: Bill = {
    'Step Functions': 2 * SHARDS * prices.stepFunctions.transition,
  };
  const day = addBills(
    times(daily * TENANT.interactionsPerUserAndDay, millions[tracking]),
    times(daily * TENANT.precomputed, millions.precomputed),
    times(daily * TENANT.computedNew, millions.computedNew),
    times(daily * TENANT.computedAgain, millions.computedAgain),
    tableBill({ roundTrips: 0, readUnits: coldUnits, writeUnits: 0 }),
    nightBill(measured),
    precomputeBill(measured),
    hourly,
    precomputeAgain,
  );
  return addBills(times(TENANT.days, day), storageBill(measured), keyBill);
};

export const assumptions = (): string[] => [
  `${TENANT.users} users, ${TENANT.items} items; ${TENANT.interactionsPerUserAndDay} interactions and ` +
    `${TENANT.recommendationsPerUserAndDay} recommendations of 20 per user and day`,
  `of ${TENANT.recommendationsPerUserAndDay} answers ${TENANT.precomputed} is precomputed, ${TENANT.computedNew} are new and write a trace, ${TENANT.computedAgain} repeat the last`,
  `${TENANT.interactionsStored} interactions of each user are stored; ${TENANT.coldStartsPerDay} cold starts a day load the catalogue`,
  `Lambda: processor time measured here, stretched by memory / ${LAMBDA.memoryOfOneProcessorMb} MB, and ${LAMBDA.roundMs} ms for each wait for a service; ${LAMBDA.platformLogBytes} bytes of platform log; ${LAMBDA.tracedShare * 100} % of calls traced`,
  `bulk: ${BULK.users * BULK.perUser} interactions a request, ${BULK.perUser} of each user; ${KEY_REQUESTS} requests to KMS a month (the services keep data keys for minutes)`,
  'not in it: free tier, data transfer out, alarms and dashboard, Cognito, Bedrock, cold starts of processor time',
  'config requests are not built yet and have no line',
];
