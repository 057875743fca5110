import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import type { PreviewPorts } from '../../../core/rules/preview/preview-rule.ts';
import { switches } from '../environment.ts';
import { experimentSet } from '../kept/definitions.ts';
import { features } from '../kept/features.ts';
import { userModels } from '../kept/user-models.ts';
import { lazily } from '../lazily.ts';
import { ruleChanges, users } from './table-ports.ts';

/** What a dry run of a rule needs: nothing that writes. */
export const previewing = lazily(
  (): PreviewPorts => ({
    ...ruleChanges(),
    users: users(),
    models: userModels,
    switches: switches(),
    experimentSet,
    features,
    engine: conditionEngine(),
  }),
);
