import { BadInput } from '../evaluate/bad-input.ts';
import type { TextTable } from './read-table.ts';

/** What one customer spent on one day; `day` is the number of days since 1970-01-01. */
export type Transaction = { customer: string; day: number; amount: number };

export type Transactions = {
  /** By customer, oldest first; one entry a day. */
  byCustomer: Map<string, Transaction[]>;
  rows: number;
  /** Rows without a customer, a date or an amount of at least 0. */
  skippedRows: number;
  mergedRows: number;
};

const DAY_MS = 86_400_000;
const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](.+))?$/;
const ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

/** Days since 1970-01-01 (UTC) of an ISO date or time, or of `YYYYMMDD`; undefined where it is neither. A time without a zone is UTC. */
export const dayOf = (text: string): number | undefined => {
  const [, date, time = ''] = DATE.exec(text.trim().replace(COMPACT, '$1-$2-$3')) ?? [];
  if (date === undefined) return undefined;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  if (time === '') return midnight / DAY_MS;
  const moment = Date.parse(`${date}T${time}${ZONE.test(time) ? '' : 'Z'}`);
  return Number.isNaN(moment) ? undefined : Math.floor(moment / DAY_MS);
};

const placeOf = (header: readonly string[], name: string): number => {
  const place = header.findIndex((column) => column.toLowerCase() === name);
  if (place >= 0) return place;
  throw new BadInput(`the file has no column ${name}; it has ${header.join(', ')}`);
};

/** @throws BadInput where a column is missing or no row is of use */
export const transactionsOf = ({ header, rows, skipped }: TextTable): Transactions => {
  const [customerAt, dateAt, amountAt] = ['customer', 'date', 'amount'].map((name) => placeOf(header, name));
  const byDay = new Map<string, Map<number, Transaction>>();
  const found: Transactions = {
    byCustomer: new Map(),
    rows: rows.length + skipped,
    skippedRows: skipped,
    mergedRows: 0,
  };
  for (const row of rows) {
    const customer = row[customerAt!]!.trim();
    const day = dayOf(row[dateAt!]!);
    const text = row[amountAt!]!.trim();
    const amount = text === '' ? Number.NaN : Number(text);
    if (customer === '' || day === undefined || !(amount >= 0) || amount === Number.POSITIVE_INFINITY) {
      found.skippedRows += 1;
      continue;
    }
    const days = byDay.get(customer) ?? new Map<number, Transaction>();
    byDay.set(customer, days);
    const same = days.get(day);
    if (same) {
      same.amount += amount;
      found.mergedRows += 1;
    } else days.set(day, { customer, day, amount });
  }
  if (byDay.size === 0) throw new BadInput('no row has a customer, a date (YYYY-MM-DD) and an amount');
  for (const [customer, days] of byDay)
    found.byCustomer.set(
      customer,
      [...days.values()].sort((a, b) => a.day - b.day),
    );
  return found;
};
