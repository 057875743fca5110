import { conditionEngine } from '../../adapters/conditions/condition-engine.ts';
import type { AssignmentPorts } from '../../core/experiments/assignment/get-assignment.ts';
import { tracePorts } from './decision-ports.ts';
import { experimentSet } from './definitions.ts';
import { switches } from './environment.ts';
import { lazily } from './lazily.ts';
import { pause } from './pause.ts';
import { assignments, experimentDefinitions, outcomes, users } from './table-ports.ts';
import { userModels } from './user-models.ts';

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
