import type { Reports } from '../../../core/analytics/ports.ts';
import { ANALYTICS, type Item, key } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

export type ReportName = keyof Reports;

export const reportKey = (name: ReportName) => key(ANALYTICS, `REPORT#${name}`);

export const reportToItem = (name: ReportName, report: Reports[ReportName]): Item => ({
  ...reportKey(name),
  EntityType: 'AnalyticsReport',
  v: 1,
  asOf: report.asOf,
  runId: report.runId,
  body: packJson(report),
});

export const reportFromItem = (item: Item): Reports[ReportName] => unpackJson(item.body);
