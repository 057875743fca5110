import type { AnalyticsStore, Reports } from '../../../core/analytics/ports.ts';
import { readReport, replaceReport } from '../access-patterns/analytics.ts';
import type { Database } from '../database.ts';

/** Reports of aggregations, one item each. */
export const analyticsStore = (database: Database): AnalyticsStore => ({
  put: (name, report) => replaceReport(database, name, report),
  get: async <Name extends keyof Reports>(name: Name) =>
    (await readReport(database, name)) as Reports[Name] | undefined,
});
