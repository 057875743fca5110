import type { HomepagePorts } from '../../../core/homepage/homepage.ts';
import { switches } from '../environment.ts';
import { keptNeighbours, sharedData } from '../kept/shared-data.ts';
import { sharedPages } from '../kept/shared-pages.ts';
import { lazily } from '../lazily.ts';
import { logger } from '../telemetry.ts';
import { serving } from './serving-ports.ts';
import { homepageStoreOfTable, users } from './table-ports.ts';

/** What answering homepages needs. */
export const homepages = lazily((): HomepagePorts => {
  const { arms, decisions, userSeal, traceLost } = serving();
  return {
    users: users(),
    models: keptNeighbours(),
    shared: sharedData,
    pages: homepageStoreOfTable(),
    sharedPages,
    realtime: switches().realtime,
    arms,
    decisions,
    userSeal,
    traceLost,
    pageLost: (error) => logger.warn('homepage not kept', { error: error as Error }),
  };
});
