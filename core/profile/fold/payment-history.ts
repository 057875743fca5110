import type { Behaviour, PaymentTally } from '../behaviour.ts';
import type { Interaction } from '../types.ts';
import { WEEK_MS } from './decay.ts';
import { REVENUE_TYPES } from './signal-table.ts';
import { revenueOf } from './tallies.ts';

/**
 * The payments of one customer: how many after the first one, weeks from the first to the last (`recencyWeeks`) and from
 * the first until now (`ageWeeks`), and the mean of `meanOf` payments.
 */
export type PaymentHistory = {
  frequency: number;
  recencyWeeks: number;
  ageWeeks: number;
  meanValue: number;
  meanOf: number;
};

/** The tally with one more interaction; unchanged where it is no payment. `value` in thousandths. */
export const countPayment = (
  tally: PaymentTally | undefined,
  { type, occurredAt }: Pick<Interaction, 'type' | 'occurredAt'>,
  value: number,
): PaymentTally | undefined => {
  if (!REVENUE_TYPES.has(type)) return tally;
  const [count, sum, first, last] = tally ?? [0, 0, occurredAt, occurredAt];
  return [count + 1, sum + value, Math.min(first, occurredAt), Math.max(last, occurredAt)];
};

/**
 * The payments of a user as the lifetime models need them; undefined before the first payment, and for a behaviour that
 * counted payments before their times were kept (a recompute repairs it). Payments of one day count separately here.
 */
export const paymentHistory = (behaviour: Behaviour, now: number): PaymentHistory | undefined => {
  if (behaviour.payments === undefined) return undefined;
  const [count, sum, first, last] = behaviour.payments;
  if (count !== revenueOf(behaviour).orders) return undefined;
  return {
    frequency: count - 1,
    recencyWeeks: (last - first) / WEEK_MS,
    ageWeeks: Math.max(now - first, last - first) / WEEK_MS,
    meanValue: sum / 1000 / count,
    meanOf: count,
  };
};
