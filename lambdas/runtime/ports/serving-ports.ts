import type { ServingPorts } from '../../../core/recommend/serve/decide.ts';
import { switches } from '../environment.ts';
import { experimentSet } from '../kept/definitions.ts';
import { keptNeighbours, sharedData } from '../kept/shared-data.ts';
import { userModels } from '../kept/user-models.ts';
import { lazily } from '../lazily.ts';
import { logger } from '../telemetry.ts';
import { tracePorts } from './decision-ports.ts';
import { assignments, outcomes, users } from './table-ports.ts';

export { freshSharedData, sharedData } from '../kept/shared-data.ts';

const arms = lazily((): ServingPorts['arms'] => ({
  assignments: assignments(),
  outcomes: outcomes(),
  experimentSet,
  userModels,
  switches: switches(),
  exposureLost: (error) => logger.warn('arm of an experiment not stored', { error: error as Error }),
}));

/** What answering recommendations needs. */
export const serving = lazily(
  (): ServingPorts => ({
    users: users(),
    models: keptNeighbours(),
    shared: sharedData,
    realtime: switches().realtime,
    arms: arms(),
    ...tracePorts(),
  }),
);
