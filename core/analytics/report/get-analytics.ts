import { sumTrees } from '../number-tree.ts';
import { dayOf, daysOf, type Period, startOf } from '../periods.ts';
import type { AnalyticsStore } from '../ports.ts';
import type { ActivityReport, DayCounts } from '../types.ts';
import { type Figures, figuresOf, type Metric, userFigures } from './figures.ts';
import { reasonOf } from './freshness.ts';

export type AnalyticsAnswer = {
  period: Period;
  /** The oldest day begins at `from`; everything before `to` is counted. */
  from: string;
  to: string;
  /** Null before the first aggregation. */
  asOf: string | null;
  totals: Figures;
  series: ({ date: string } & Figures)[];
  counted: { users: number; withoutConsent: number };
  reason?: string;
};

const EMPTY: Pick<ActivityReport, 'days' | 'periods' | 'users' | 'leftOut'> = {
  days: [],
  periods: {
    '1d': { active: 0, new: 0 },
    '7d': { active: 0, new: 0 },
    '30d': { active: 0, new: 0 },
    '90d': { active: 0, new: 0 },
  },
  users: 0,
  leftOut: { consent: 0 },
};

/** Sums of the days; of users, who would count on every day again, each is counted once. */
const totalsOf = (days: readonly DayCounts[], users: DayCounts, metric: Metric | undefined): Figures => {
  const totals = figuresOf(sumTrees(days), metric);
  return totals.users === undefined ? totals : { ...totals, users: userFigures(users) };
};

/** A period of the last aggregation, day by day; zeros, with a `reason`, before the first. */
export const getAnalytics = async (
  store: AnalyticsStore,
  { period, metric, now }: { period: Period; metric?: Metric; now: number },
): Promise<AnalyticsAnswer> => {
  const found = await store.get('activity');
  const [end, report] = [found?.asOf ?? now, found ?? EMPTY];
  const counts = new Map(report.days);
  const days = daysOf(period, end).map((date) => ({ date, counts: counts.get(date) ?? {} }));
  const reason = reasonOf(found, now);
  return {
    period,
    from: `${dayOf(startOf(period, end))}T00:00:00.000Z`,
    to: new Date(end).toISOString(),
    asOf: found ? new Date(found.asOf).toISOString() : null,
    totals: totalsOf(
      days.map((day) => day.counts),
      report.periods[period],
      metric,
    ),
    series: days.map((day) => ({ date: day.date, ...figuresOf(day.counts, metric) })),
    counted: { users: report.users, withoutConsent: report.leftOut.consent },
    ...(reason !== undefined && { reason }),
  };
};
