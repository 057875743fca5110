import { DAY_MS } from '../../profile/fold/decay.ts';
import { daysOf, PERIODS, tracedFrom } from '../periods.ts';
import type { ActivityReport, Counters, DayCounts, DecisionCount } from '../types.ts';

const DECISION_COUNTS: readonly DecisionCount[] = [
  'answers',
  'shown',
  'clicked',
  'converted',
  'dismissed',
  'unattributed',
  'decisions',
  'exposures',
  'conversions',
];

const NONE: DayCounts = {};

/**
 * The counts of one day. Traces of older days are gone: of what is counted from them, the report that still saw them whole
 * keeps its word.
 */
const dayCounts = (
  day: string,
  { days = {} }: Counters,
  { asOf, previous }: { asOf: number; previous: ActivityReport | undefined },
): DayCounts => {
  const counted = days[day] ?? NONE;
  const start = Date.parse(day);
  const isSettled = start < tracedFrom(asOf) && previous !== undefined && start + DAY_MS <= previous.asOf;
  if (!isSettled) return counted;
  const settled = previous.days.find(([known]) => known === day)?.[1] ?? NONE;
  return { ...counted, ...Object.fromEntries(DECISION_COUNTS.map((name) => [name, settled[name]])) };
};

const isEmpty = (counts: DayCounts): boolean => Object.values(counts).every((count) => !count);

/**
 * The report of an aggregation that counted everything up to `asOf` (ms). The same counters and the same previous report
 * give the same; so does that previous report being the one of this very run.
 */
export const activityReport = (
  counters: Counters,
  run: { runId: string; asOf: number; previous: ActivityReport | undefined },
): ActivityReport => {
  const days = daysOf('90d', run.asOf).map((day): [string, DayCounts] => [
    day,
    dayCounts(day, counters, run),
  ]);
  const periods = PERIODS.map((period) => {
    const { active, new: fresh } = counters.periods?.[period] ?? {};
    return [period, { active: active ?? 0, new: fresh ?? 0 }];
  });
  return {
    runId: run.runId,
    asOf: run.asOf,
    users: counters.users ?? 0,
    leftOut: { consent: counters.leftOut?.consent ?? 0 },
    days: days.filter(([, counts]) => !isEmpty(counts)),
    periods: Object.fromEntries(periods) as ActivityReport['periods'],
  };
};
