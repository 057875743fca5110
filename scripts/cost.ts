/**
 * What Attune costs on AWS, from units measured in this run and list prices: `npm run cost`.
 */
import { fixed, tableText } from '../bench/live/table-text.ts';
import { type Bill, SERVICES, total } from './cost/bill.ts';
import type { CallUse } from './cost/handlers.ts';
import { BULK, type Measured, measure, RULES } from './cost/measure.ts';
import { assumptions, monthBill, TENANT, tenantNight } from './cost/month.ts';
import { millionBills } from './cost/operations.ts';
import { prices } from './cost/prices.ts';

const say = (text: string): void => console.log(text);

const dollars = (amount: number): string => fixed(amount, 2);

const useRow = (name: string, { table, rounds, cpuMs }: CallUse, per = 1): string[] => [
  name,
  fixed(table.readUnits / per, 2),
  fixed(table.writeUnits / per, 2),
  fixed(rounds / per, 2),
  fixed(cpuMs / per, 2),
];

const sayUse = (measured: Measured): void => {
  const perRequest = BULK.users * BULK.perUser;
  say(
    tableText([
      ['measured, each', 'read units', 'write units', 'waits', 'processor ms'],
      useRow('interaction, single', measured.single),
      useRow('interaction, bulk: request', measured.bulkRequest, perRequest),
      useRow('interaction, bulk: worker', measured.bulkMessage, perRequest / measured.messages),
      useRow('20 recommendations, computed, new', measured.computedNew),
      useRow('20 recommendations, computed, again', measured.computedAgain),
      useRow('20 recommendations, precomputed', measured.precomputed),
      useRow(`config with ${RULES} rules, new`, measured.configNew),
      useRow(`config with ${RULES} rules, again`, measured.configAgain),
    ]),
  );
};

/** Columns of bills, rows of services with their dollars and shares. */
const sayBills = (title: string, bills: Readonly<Record<string, Bill>>): void => {
  const names = Object.keys(bills);
  const rows = SERVICES.filter((service) => names.some((name) => bills[name]?.[service])).map((service) => [
    service,
    ...Object.values(bills).map((bill) => {
      const share = ((bill[service] ?? 0) / total(bill)) * 100;
      return `${dollars(bill[service] ?? 0)} (${fixed(share, 0).padStart(2)} %)`;
    }),
  ]);
  const sums = ['together', ...Object.values(bills).map((bill) => `${dollars(total(bill))}       `)];
  say(`\n${title}`);
  say(tableText([['dollars', ...names], ...rows, sums]));
};

const measured = await measure();
const millions = millionBills(measured);
sayUse(measured);
sayBills('a million', {
  'interactions, single': millions.single,
  'interactions, bulk': millions.bulk,
  'computed, new': millions.computedNew,
  'computed, again': millions.computedAgain,
  precomputed: millions.precomputed,
  'config, new': millions.configNew,
  'config, again': millions.configAgain,
});
sayBills(`${TENANT.users} users`, {
  'a night': tenantNight(measured),
  'a month, single tracking': monthBill(measured, millions, 'single'),
  'a month, bulk tracking': monthBill(measured, millions, 'bulk'),
});
say(`\nprices: ${prices.source}, ${prices.date}. Assumed:`);
for (const assumption of assumptions()) say(`- ${assumption}`);
process.exit();
