import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import type { AssignmentPorts } from '../../../core/experiments/assignment/get-assignment.ts';
import { switches } from '../environment.ts';
import { experimentSet } from '../kept/definitions.ts';
import { userModels } from '../kept/user-models.ts';
import { lazily } from '../lazily.ts';
import { pause } from '../pause.ts';
import { tracePorts } from './decision-ports.ts';
import { assignments, experimentDefinitions, outcomes, users } from './table-ports.ts';

/** What assigning arms needs. */
export const assigning = lazily(
  (): AssignmentPorts => ({
    ...tracePorts(),
    users: users(),
    assignments: assignments(),
    outcomes: outcomes(),
    pause,
    experiments: experimentDefinitions(),
    experimentSet,
    engine: conditionEngine(),
    models: userModels,
    switches: switches(),
  }),
);
