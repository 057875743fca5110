import { WRITE_UNIT_BYTES } from '../../adapters/dynamodb/item-size.ts';
import { addBills, type Bill, LAMBDA, tableBill, times } from './bill.ts';
import { afternoonBill, hourlyBill, nightBill } from './jobs-bill.ts';
import { BULK, type Measured } from './measure.ts';
import type { millionBills } from './operations.ts';
import { prices } from './prices.ts';
import { dayBill } from './product-bills.ts';

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
  configsPerUserAndDay: 20,
  /** Of these, those that differ from the last in their context. */
  configsNew: 4,
  /** Interactions of each user that are stored. */
  interactionsStored: 300,
  /** Hours of a day in which a user does anything. */
  activeHoursPerUserAndDay: 3,
  /** Fresh Lambda instances of functions that hold the catalogue. */
  coldStartsPerDay: 500,
  /** Of dashboards, those that have a text written: `npm run bench:insights`. */
  textsPerDashboard: 0.7,
  days: 30,
} as const;

/** Traces of a user's decisions at any time: what a day writes, for 30 days; each one write unit at the most. */
const TRACES = {
  perUserAndDay: TENANT.precomputed + TENANT.computedNew + TENANT.configsNew,
  days: 30,
  bytes: WRITE_UNIT_BYTES,
};

const traceBytes = TENANT.users * TRACES.perUserAndDay * TRACES.days * TRACES.bytes;

const storageBill = ({ night }: Measured): Bill => {
  const storedPerUser = night.interactions / night.users;
  const bytes = night.tableBytes * (TENANT.users / night.users) * (TENANT.interactionsStored / storedPerUser);
  const { gigabyteMonth, pitrGigabyteMonth } = prices.dynamodb;
  return { 'DynamoDB storage': ((bytes + traceBytes) / 1e9) * (gigabyteMonth + pitrGigabyteMonth) };
};

/** The table and the queue ask for data keys every few minutes and keep them. */
const KEY_REQUESTS = 200_000;

const keyBill: Bill = { KMS: prices.kms.keyMonth + KEY_REQUESTS * prices.kms.request };

/** One night of the tenant, with the counting of the evening. */
export const tenantNight = (measured: Measured): Bill => nightBill(measured, { ...TENANT, traceBytes });

/** A month with interactions sent one by one, or in bulk. */
export const monthBill = (
  measured: Measured,
  millions: ReturnType<typeof millionBills>,
  tracking: 'single' | 'bulk',
): Bill => {
  const daily = TENANT.users / 1e6;
  const coldUnits = measured.coldReadUnitsPerItem * TENANT.items * TENANT.coldStartsPerDay;
  const day = addBills(
    times(daily * TENANT.interactionsPerUserAndDay, millions[tracking]),
    times(daily * TENANT.precomputed, millions.precomputed),
    times(daily * TENANT.computedNew, millions.computedNew),
    times(daily * TENANT.computedAgain, millions.computedAgain),
    times(daily * TENANT.configsNew, millions.configNew),
    times(daily * (TENANT.configsPerUserAndDay - TENANT.configsNew), millions.configAgain),
    tableBill({ roundTrips: 0, readUnits: coldUnits, writeUnits: 0 }),
    times(TENANT.users, dayBill(measured.products, measured.single)),
    tenantNight(measured),
    afternoonBill(measured, TENANT),
    hourlyBill(measured, TENANT),
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
  'not in it: free tier, data transfer out, alarms and dashboard, Cognito, cold starts of processor time',
  `traces: ${TRACES.perUserAndDay} per user and day, kept for ${TRACES.days} days, ${TRACES.bytes} bytes each at the most; the evening's and the night's scan read them too`,
  `a user does something in ${TENANT.activeHoursPerUserAndDay} hours of a day, and the trend reads that user's newest page thrice for each`,
  'the first interaction of a user and day notes the day for the streak',
  `configs: ${TENANT.configsPerUserAndDay} per user and day, of which ${TENANT.configsNew} are new and write a trace`,
];
