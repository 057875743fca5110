import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import { madeUnder } from '../../../core/experiments/outcomes/attribution.ts';
import type { ConversionPorts } from '../../../core/experiments/outcomes/record-conversion.ts';
import { switches } from '../environment.ts';
import { experimentSet } from '../kept/definitions.ts';
import { lazily } from '../lazily.ts';
import { pause } from '../pause.ts';
import { decisions, experimentDefinitions, outcomes, users } from './table-ports.ts';

/** What counting conversions needs. */
export const converting = lazily(
  (): ConversionPorts => ({
    users: users(),
    outcomes: outcomes(),
    experiments: experimentDefinitions(),
    experimentSet,
    engine: conditionEngine(),
    abTesting: switches().abTesting,
    madeUnder: madeUnder({ decisions: decisions() }, Date.now),
    pause,
  }),
);
