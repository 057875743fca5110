import type { Reports } from '../../../core/analytics/ports.ts';
import { type ReportName, reportFromItem, reportKey, reportToItem } from '../entities/report.ts';
import { getItem } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export const replaceReport = accessPattern(
  {
    name: 'replaceReport',
    question: 'Keep what this aggregation counted',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = ANALYTICS, SK = REPORT#<name>',
    consistency: '-',
    guard: 'no later aggregation is there',
  },
  async (call, name: ReportName, report: Reports[ReportName]): Promise<void> => {
    await putItem(call, reportToItem(name, report), {
      expression: 'attribute_not_exists(asOf) OR asOf <= :asOf',
      values: { ':asOf': report.asOf },
    });
  },
);

export const readReport = accessPattern(
  {
    name: 'readReport',
    question: 'What did the last aggregation count?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = ANALYTICS, SK = REPORT#<name>',
    consistency: 'strong',
    guard: '-',
  },
  async (call, name: ReportName): Promise<Reports[ReportName] | undefined> => {
    const item = await getItem(call, reportKey(name), true);
    return item && reportFromItem(item);
  },
);
