import type { ModelCard } from '../../models/model-card.ts';
import { putRankings } from '../../models/put-rankings.ts';
import type { Ranking } from '../../recommend/ports.ts';
import type { RunPlan } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';
import { type ModelDocument, modelDocument } from '../training/model-document.ts';
import { type UserModelsDocument, userModelsDocument } from '../training/user-models-document.ts';

/** When a run began: its plan says so. */
export const startOf = async ({ objects }: NightPorts, runId: string): Promise<number | undefined> =>
  ((await objects.getJson(keys.plan(runId))) as RunPlan | undefined)?.startedAt;

/** Puts the model in service for everyone, and keeps what it is served with. */
const putInService = async (
  { models, registry }: NightPorts,
  { model, rankings }: NonNullable<ModelDocument['trained']>,
  { users, now }: { users: UserModelsDocument | undefined; now: number },
): Promise<void> => {
  const made = Object.fromEntries(
    Object.entries(rankings).map(([name, items]): [string, Ranking] => [name, { generatedAt: now, items }]),
  );
  await putRankings(models, rankings, now);
  await models.putModel(model);
  await registry.keep({ model, rankings: made, ...(users && { userModels: users.models }) });
};

/** The first night's popular list serves everybody even where the model was not good enough. */
const putFirstRankings = async (
  { models }: NightPorts,
  document: ModelDocument,
  now: number,
): Promise<void> => {
  if (!document.trained || (await models.getModel())) return;
  await putRankings(models, document.trained.rankings, now);
};

/**
 * Step `promote`: rankings, then the pointer that puts the model in service, where `train` decided so; what was learned of
 * users; and the model card, whatever was decided.
 */
export const promote = async (ports: NightPorts, { runId, now }: NightStep) => {
  const document = await modelDocument(ports, runId);
  const users = await userModelsDocument(ports, runId);
  const { decision, trained, engine, data, evaluation, parts } = document;
  const isPromoted = decision.promote && trained !== undefined;
  if (users) await ports.models.putUserModels(users.models);
  if (isPromoted) await putInService(ports, trained, { users, now });
  else await putFirstRankings(ports, document, now);
  const card: ModelCard = {
    runId,
    startedAt: (await startOf(ports, runId)) ?? now,
    finishedAt: now,
    version: trained?.model.version,
    decision: isPromoted ? 'promoted' : 'kept',
    reason: decision.reason,
    engine,
    data,
    evaluation,
    models: [...parts, ...(users?.parts ?? [])],
  };
  await ports.registry.putCard(card);
  ports.progress(isPromoted ? 'promoted' : 'kept the model in service', {
    version: trained?.model.version ?? 0,
    reason: decision.reason,
  });
  return { decision: card.decision, version: trained?.model.version, reason: decision.reason };
};
