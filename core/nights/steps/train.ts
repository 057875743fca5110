import type { CatalogItem } from '../../catalog/types.ts';
import { type Dataset, datasetOfColumns } from '../../learn/data/dataset.ts';
import { finish } from '../../learn/hybrid/train-model.ts';
import { startRun } from '../../learn/hybrid/training-run.ts';
import { validate } from '../../learn/hybrid/validate.ts';
import type { AlsFactors } from '../../learn/models/als/factors.ts';
import type { TrainedModel } from '../../learn/types.ts';
import { decidePromotion } from '../../models/decide-promotion.ts';
import { nextVersion } from '../../models/versions.ts';
import { numberOf } from '../../numbers/string-table.ts';
import type { ModelInService } from '../../recommend/ports.ts';
import type { ExportSize } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';
import { candidatesFor } from '../training/collaborative-candidates.ts';
import { documentOf, type Outcome, untrainedDocument } from '../training/document-of.ts';
import { evaluateCandidate } from '../training/evaluate-candidate.ts';
import { holdOut } from '../training/holdout.ts';
import { type ModelDocument, NEIGHBOUR_FILES, type NeighbourRow } from '../training/model-document.ts';
import { type SparkTraining, sparkTraining, withSparkVerdict } from '../training/spark-lists.ts';
import {
  readTrainingData,
  readUserLabels,
  type TrainingData,
  type UserLabels,
} from '../training/training-data.ts';
import { writeFactors } from '../training/write-factors.ts';
import { exportParts, kernelBytes, mostInteractions, sizeOf } from './size.ts';

const readCatalogue = async ({ catalog }: NightPorts): Promise<CatalogItem[]> => {
  const items: CatalogItem[] = [];
  for (const type of (await catalog.head()).types)
    for await (const item of catalog.listAll(type)) items.push(item);
  return items;
};

/** The version of this run: a repeated step keeps the one that it has put in service already. */
const versionFor = async (
  { registry }: NightPorts,
  runId: string,
  inService: ModelInService | undefined,
): Promise<number> => {
  if (inService?.notes?.runId === runId) return inService.version;
  const kept = await registry.keptVersions();
  return nextVersion(
    kept.map(({ version }) => version),
    inService?.version,
  );
};

/** The model that the candidate is held against: not itself, where a step is repeated after its promotion. */
const rivalOf = (inService: ModelInService | undefined, runId: string): ModelInService | undefined =>
  inService?.notes?.runId === runId ? undefined : inService;

function* neighbourRows(trained: TrainedModel, file: number): Generator<NeighbourRow> {
  const { itemIds } = trained.neighbours;
  for (let at = file; at < itemIds.length; at += NEIGHBOUR_FILES) {
    const itemId = itemIds[at]!;
    const neighbours = trained.neighbours.get(itemId);
    if (neighbours) yield { itemId, neighbours };
  }
}

/** Candidates on kernels that are opened when one needs them, and the factors of all rows, where any were made. */
const openCandidates = (ports: NightPorts, dataset: Dataset) => {
  const memoryBytes = kernelBytes(ports.settings, dataset.size);
  const made: { kernels?: ReturnType<NightPorts['openKernels']>; factors?: AlsFactors } = {};
  const kernels = () => {
    made.kernels ??= ports.openKernels(memoryBytes);
    return made.kernels;
  };
  const candidates = candidatesFor(dataset, {
    kernels,
    memoryBytes,
    onFactors: (of, { users, items, dimensions }) => {
      if (of === dataset) made.factors = { users: users.slice(), items: items.slice(), dimensions };
    },
  });
  return { candidates, made };
};

type Question = {
  data: TrainingData;
  labels: UserLabels;
  catalog: readonly CatalogItem[];
  rival: ModelInService | undefined;
  spark: SparkTraining | undefined;
  now: number;
};

/** Chooses, measures, decides, and trains on everything. */
const trainAndDecide = async (
  ports: NightPorts,
  { data, labels, catalog, rival, spark, now }: Question,
): Promise<Outcome & { dataset: Dataset; factors: AlsFactors | undefined }> => {
  const { log } = data;
  const split = holdOut(log, rival && Number(rival.notes?.knowsUntil ?? rival.trainedAt));
  for (const itemId of spark?.itemIds ?? []) numberOf(log.items, itemId);
  const dataset = datasetOfColumns(log);
  const { candidates, made } = openCandidates(ports, dataset);
  try {
    const run = startRun({
      dataset,
      holdout: split,
      candidates,
      catalog,
      segmentOf: (user) => labels.segments.get(user),
      now,
      onProgress: ({ phase, done, total }) => {
        if (done === 0) ports.progress(`training: ${phase}`, { done, total });
      },
    });
    const validated = validate(run);
    const groupOf = (user: string) => labels.groups.get(user);
    const evaluated =
      split && validated
        ? await evaluateCandidate(ports, { split, validated, inService: rival, groupOf })
        : undefined;
    const measured = decidePromotion(evaluated?.comparison, {
      interactions: dataset.size,
      inServiceInteractions: rival?.counts.interactions,
    });
    const decision = withSparkVerdict(measured, spark);
    const candidate = spark?.candidate ?? validated?.candidate ?? candidates[0]!;
    const trained = finish({ ...run, candidates: [candidate] }, validated && { ...validated, candidate });
    return { trained, candidate, validated, evaluated, decision, spark, dataset, factors: made.factors };
  } finally {
    made.kernels?.close();
  }
};

/**
 * Step `train`: reads the export's shards and the catalogue, chooses settings and measures them on a time-split holdout beside
 * popularity and the model in service, trains on everything, and decides whether that goes into service. What it leaves in
 * object storage is published by the steps that follow. Where Spark factorised, its collaborative lists are taken up.
 *
 * @throws CorruptShard for a shard that is not what was exported
 */
export const train = async (ports: NightPorts, { runId, now }: NightStep) => {
  const { objects, progress } = ports;
  const started = ports.clock();
  const parts = await exportParts(ports, runId);
  const counted = sizeOf(parts);
  const engine = ((await objects.getJson(keys.size(runId))) as ExportSize | undefined)?.engine ?? 'lambda';
  const spark = engine === 'spark' ? await sparkTraining(ports, runId) : undefined;
  const data = await readTrainingData(ports, { runId, parts }, mostInteractions(ports.settings));
  const labels = await readUserLabels(ports, { runId, parts });
  const catalog = await readCatalogue(ports);
  const inService = await ports.models.getModel();
  const rival = rivalOf(inService, runId);
  progress('training', { interactions: data.log.columns.size, items: catalog.length, engine });
  if (data.log.columns.size === 0 && (rival || catalog.length === 0)) {
    const document: ModelDocument = untrainedDocument(engine, counted, data);
    await objects.putJson(keys.model(runId), document);
    progress('not trained', { reason: document.decision.reason });
    return { decision: 'keep', reason: document.decision.reason };
  }
  const outcome = await trainAndDecide(ports, { data, labels, catalog, rival, spark, now });
  const { trained, decision, dataset, factors } = outcome;
  const version = await versionFor(ports, runId, inService);
  for (let file = 0; file < NEIGHBOUR_FILES; file += 1)
    await objects.putGzipJsonLines(keys.neighbours(runId, file), neighbourRows(trained, file));
  if (factors) await writeFactors(ports, runId, { users: dataset.users, items: dataset.items, factors });
  const seconds = Math.round((ports.clock() - started) / 1000);
  const document = documentOf(outcome, { runId, version, engine, counted, data, seconds });
  await objects.putJson(keys.model(runId), document);
  const verdict = decision.promote ? 'promote' : 'keep';
  progress('trained', { version, decision: verdict, seconds, ...trained.counts });
  const { reason } = decision;
  return {
    version,
    decision: verdict,
    reason,
    engine,
    ...trained.counts,
    weightsFrom: trained.weightsFrom,
    seconds,
  };
};
