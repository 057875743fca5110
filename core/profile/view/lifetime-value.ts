import type { Behaviour } from '../behaviour.ts';
import { DAY_MS } from '../fold/decay.ts';
import { revenueOf } from '../fold/tallies.ts';
import { rounded } from './curves.ts';

export type LifetimeValue = {
  /** In the unit of the interactions' values; null where nothing was ever paid. */
  expected: number | null;
  horizonDays: number;
  method: 'rule';
  detail: string;
};

export const HORIZON_DAYS = 365;
/** Somebody who paid yesterday for the first time does not pay daily: a month is the shortest history. */
const SHORTEST_HISTORY_DAYS = 30;

/** Money expected in the next year: revenue per day of history (30 days at least) * 365 * (1 - churn risk). */
export const lifetimeValueOf = (behaviour: Behaviour, churnRisk: number, now: number): LifetimeValue => {
  const { total, orders } = revenueOf(behaviour);
  if (orders === 0 || behaviour.firstAt === null) {
    return {
      expected: null,
      horizonDays: HORIZON_DAYS,
      method: 'rule',
      detail: 'not enough history: no payment yet',
    };
  }
  const days = Math.max(SHORTEST_HISTORY_DAYS, (now - behaviour.firstAt) / DAY_MS);
  return {
    expected: rounded(Math.max(0, (total / days) * HORIZON_DAYS * (1 - churnRisk)), 2),
    horizonDays: HORIZON_DAYS,
    method: 'rule',
    detail: `${rounded(total, 2)} in ${orders} payments over ${Math.round(days)} days`,
  };
};
