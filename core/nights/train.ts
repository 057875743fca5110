import type { CatalogItem } from '../catalog/types.ts';
import { trainModel } from '../learn/hybrid/train-model.ts';
import { engagementTally } from '../learn/rankings/engagement.ts';
import type { ItemNeighbours, RankedItem, TrainedModel, TrainingRow } from '../learn/types.ts';
import type { ModelInService } from '../recommend/ports.ts';
import { type ExportRow, keys, type NightPorts, type NightStep } from './ports.ts';
import { segmentsByUser } from './segments-by-user.ts';

/** Neighbours are written in as many files, so that as many publishers can work side by side. */
export const NEIGHBOUR_FILES = 8;

export type NeighbourRow = { itemId: string; neighbours: ItemNeighbours };

/** A trained model as it lies in object storage: what `promote` puts in service, without the neighbours. */
export type ModelDocument = {
  model: ModelInService;
  rankings: Record<string, RankedItem[]>;
};

const readRows = async (ports: NightPorts, runId: string) => {
  const rows: TrainingRow[] = [];
  const engagement = engagementTally();
  for (const key of await ports.objects.list(keys.interactions(runId))) {
    for await (const line of ports.objects.readJsonLines(key)) {
      const { u, i, w, t, e } = line as ExportRow;
      rows.push({ user: u, item: i, weight: w, at: t });
      engagement.add(i, e);
    }
  }
  return { rows, engagement: engagement.ranked() };
};

const readCatalogue = async ({ catalog }: NightPorts): Promise<CatalogItem[]> => {
  const items: CatalogItem[] = [];
  for (const type of (await catalog.head()).types)
    for await (const item of catalog.listAll(type)) items.push(item);
  return items;
};

const documentOf = (
  trained: TrainedModel,
  version: number,
  runId: string,
  engagement: RankedItem[],
): ModelDocument => ({
  model: {
    version,
    slot: version % 3,
    weights: trained.hybridWeights,
    trainedAt: trained.trainedAt,
    counts: trained.counts,
    notes: {
      runId,
      weightsFrom: trained.weightsFrom,
      params: trained.params,
      evaluation: trained.evaluation ?? null,
    },
  },
  rankings: {
    popular: trained.popular,
    engagement,
    ...Object.fromEntries(
      Object.entries(trained.segmentFavourites).map(([segment, items]) => [`segment:${segment}`, items]),
    ),
  },
});

function* neighbourRows(trained: TrainedModel, file: number): Generator<NeighbourRow> {
  const { itemIds } = trained.neighbours;
  for (let at = file; at < itemIds.length; at += NEIGHBOUR_FILES) {
    const itemId = itemIds[at]!;
    const neighbours = trained.neighbours.get(itemId);
    if (neighbours) yield { itemId, neighbours };
  }
}

/** Step `train`: reads the export's shards and the catalogue, trains, writes the model to object storage. */
export const train = async (ports: NightPorts, { runId, now }: NightStep) => {
  const [{ rows, engagement }, catalog, inService] = await Promise.all([
    readRows(ports, runId),
    readCatalogue(ports),
    ports.models.getModel(),
  ]);
  ports.progress('training', { interactions: rows.length, items: catalog.length });
  const segments = await segmentsByUser(ports, runId, now);
  const trained = trainModel({
    rows,
    catalog,
    segmentOf: (user) => segments.get(user),
    now,
    onProgress: ({ phase, done, total }) => {
      if (done === 0) ports.progress(`training: ${phase}`, { done, total });
    },
  });
  for (let file = 0; file < NEIGHBOUR_FILES; file += 1) {
    await ports.objects.putGzipJsonLines(keys.neighbours(runId, file), neighbourRows(trained, file));
  }
  const version = (inService?.version ?? 0) + 1;
  await ports.objects.putJson(keys.model(runId), documentOf(trained, version, runId, engagement));
  ports.progress('trained', { version, ...trained.counts });
  return {
    version,
    ...trained.counts,
    evaluation: trained.evaluation ?? null,
    weightsFrom: trained.weightsFrom,
  };
};
