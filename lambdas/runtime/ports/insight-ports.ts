import type { DashboardPorts, InsightPorts } from '../../../core/insights/serve/ports.ts';
import { switches } from '../environment.ts';
import { keptNeighbours, sharedData } from '../kept/shared-data.ts';
import { lazily } from '../lazily.ts';
import { offers } from './table-ports.ts';
import { servingTexts } from './text-ports.ts';

/** What answers with texts about a user and their market need. */
export const insights = lazily((): InsightPorts => ({ ...servingTexts(), shared: sharedData }));

/** What dashboards need. */
export const dashboards = lazily(
  (): DashboardPorts => ({
    ...insights(),
    models: keptNeighbours(),
    realtime: switches().realtime,
    offers: offers(),
  }),
);
