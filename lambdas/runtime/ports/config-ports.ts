import type { ConfigAnswer } from '../../../core/config/config-answer.ts';
import type { ConfigPorts } from '../../../core/config/decide-config.ts';
import { decisionCache } from '../../../core/config/decision-cache.ts';
import { switches } from '../environment.ts';
import { experimentSet, ruleSet } from '../kept/definitions.ts';
import { features } from '../kept/features.ts';
import { userModels } from '../kept/user-models.ts';
import { lazily } from '../lazily.ts';
import { logger } from '../telemetry.ts';
import { userSeal } from './decision-ports.ts';
import { assignments, decisions, outcomes, users } from './table-ports.ts';

/** Answers that a process keeps, about 3 KB each. */
const ANSWERS_KEPT = 5_000;

const lost = (what: string) => (error: unknown) => logger.warn(what, { error: error as Error });

/** What deciding configs needs. */
export const configuring = lazily(
  (): ConfigPorts => ({
    users: users(),
    assignments: assignments(),
    outcomes: outcomes(),
    decisions: decisions(),
    ruleSet,
    experimentSet,
    features,
    models: userModels,
    userSeal,
    switches: switches(),
    cache: decisionCache<ConfigAnswer>(ANSWERS_KEPT),
    traceLost: lost('decision trace lost'),
    exposureLost: lost('arm of an experiment not stored'),
  }),
);
