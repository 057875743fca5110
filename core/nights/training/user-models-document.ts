import type { UserModels } from '../../learn/users/types.ts';
import type { ModelPart } from '../../models/model-card.ts';
import { keys } from '../keys.ts';
import type { NightPorts } from '../ports.ts';

/** What the step `train-users` left: the models to put in service (those that were not trained anew are the ones before). */
export type UserModelsDocument = { models: UserModels; parts: ModelPart[] };

/** Undefined where the step did not run. */
export const userModelsDocument = async ({ objects }: NightPorts, runId: string) =>
  (await objects.getJson(keys.userModels(runId))) as UserModelsDocument | undefined;
