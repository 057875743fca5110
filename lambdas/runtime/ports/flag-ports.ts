import { decideConfig } from '../../../core/config/decide-config.ts';
import type { FlagPorts } from '../../../core/flags/evaluate-flags.ts';
import { switches } from '../environment.ts';
import { experimentSet } from '../kept/definitions.ts';
import { lazily } from '../lazily.ts';
import { configuring } from './config-ports.ts';
import { serving } from './serving-ports.ts';

/** What evaluating flags needs: a config decision, the experiments, and recommendations where a slot is asked for. */
export const flagging = lazily(
  (): FlagPorts => ({
    config: (question) => decideConfig(configuring(), question),
    experiments: experimentSet,
    abTesting: () => switches().abTesting,
    serving,
  }),
);
