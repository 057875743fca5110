import { openKernels } from '../../adapters/kernels/kernels.ts';
import type { ObjectStore } from '../../adapters/objects/object-store.ts';
import { buildDataset, type Dataset } from '../../core/learn/data/dataset.ts';
import { evaluateScorer, scoreBufferLength } from '../../core/learn/evaluate/evaluate-scorer.ts';
import { leaveLatestOut, usersWith } from '../../core/learn/evaluate/splits.ts';
import { alsModel } from '../../core/learn/models/als/als.ts';
import type { AlsParams } from '../../core/learn/models/als/als-params.ts';
import type { TrainingRow } from '../../core/learn/types.ts';
import type { ExportRow } from '../../core/nights/formats.ts';

const BUFFER_BYTES = 64 * 2 ** 20;
const KERNEL_BYTES = 1024 ** 3;

const readDataset = async (objects: ObjectStore, runId: string): Promise<Dataset> => {
  const rows: TrainingRow[] = [];
  for (const key of await objects.list(`exports/${runId}/interactions-`)) {
    for await (const line of objects.readJsonLines(key)) {
      const { u, i, w, t } = line as ExportRow;
      rows.push({ user: u, item: i, weight: w, at: t });
    }
  }
  return buildDataset(rows);
};

/** Trains the product's own ALS on the shards of an export without each user's last item, and asks for those: metrics by name. */
export const measureTypescriptAls = async (
  objects: ObjectStore,
  runId: string,
  params: AlsParams,
): Promise<Record<string, number>> => {
  const dataset = await readDataset(objects, runId);
  const { train, cases } = leaveLatestOut(dataset, usersWith(dataset, 2));
  const kernels = openKernels({ memoryBytes: KERNEL_BYTES });
  try {
    const scorer = alsModel.train(train, params, {
      kernels,
      seed: 1,
      catalog: [],
      memoryBytes: KERNEL_BYTES,
    });
    const items = train.items.length;
    const buffer = kernels.f32(scoreBufferLength(items, BUFFER_BYTES));
    return evaluateScorer(scorer, cases, { items, cutOffs: [10], buffer });
  } finally {
    kernels.close();
  }
};
