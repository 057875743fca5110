import type { ModelInService } from '../../recommend/ports.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';
import { modelDocument, NEIGHBOUR_FILES, type NeighbourRow } from '../training/model-document.ts';

const BATCH = 500;

/** The slot was free when the run trained; a version that was put back into it meanwhile must stay whole. */
const refuseSlotInService = async (
  { models }: NightPorts,
  { version, slot }: ModelInService,
): Promise<void> => {
  const inService = await models.getModel();
  if (inService && inService.version !== version && inService.slot === slot)
    throw new Error(
      `Version ${inService.version} was put back in service while version ${version} was trained: run the job again`,
    );
};

/**
 * Step `publish`: writes this shard's neighbour lists into the model's slot of the table; nobody reads them yet. The version
 * that was kept in that slot can no longer be put back. Nothing to do for a model that is not promoted.
 */
export const publish = async (ports: NightPorts, { runId, shard, shards }: NightStep) => {
  const { decision, trained } = await modelDocument(ports, runId);
  if (!decision.promote || !trained) return { shard, items: 0 };
  const { model } = trained;
  await refuseSlotInService(ports, model);
  await ports.registry.forget(model.slot);
  let items = 0;
  for (let file = shard; file < NEIGHBOUR_FILES; file += shards) {
    let batch: NeighbourRow[] = [];
    for await (const row of ports.objects.readJsonLines(keys.neighbours(runId, file))) {
      batch.push(row as NeighbourRow);
      if (batch.length < BATCH) continue;
      items += await ports.models.putNeighbours(batch, model);
      batch = [];
    }
    if (batch.length > 0) items += await ports.models.putNeighbours(batch, model);
  }
  ports.progress('published', { shard, items, version: model.version });
  return { shard, items };
};
