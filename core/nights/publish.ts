import { keys, type NightPorts, type NightStep } from './ports.ts';
import { type ModelDocument, NEIGHBOUR_FILES, type NeighbourRow } from './train.ts';

const BATCH = 500;

/** The run's trained model. Throws where the run trained none. */
export const trainedModel = async ({ objects }: NightPorts, runId: string): Promise<ModelDocument> => {
  const document = await objects.getJson(keys.model(runId));
  if (!document) throw new Error(`The run ${runId} has no trained model`);
  return document as ModelDocument;
};

/** Step `publish`: writes this shard's neighbour lists into the model's slot of the table; nobody reads them yet. */
export const publish = async (ports: NightPorts, { runId, shard, shards }: NightStep) => {
  const { model } = await trainedModel(ports, runId);
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

/** Step `promote`: the rankings, then the pointer that puts the model in service for everyone. */
export const promote = async (ports: NightPorts, { runId, now }: NightStep) => {
  const { model, rankings } = await trainedModel(ports, runId);
  for (const [name, items] of Object.entries(rankings)) {
    await ports.models.putRanking(name, { generatedAt: now, items });
  }
  await ports.models.putModel(model);
  ports.progress('promoted', { version: model.version });
  return { version: model.version };
};
