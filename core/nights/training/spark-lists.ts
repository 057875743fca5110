import type { CollaborativeCandidate } from '../../learn/hybrid/collaborative-candidate.ts';
import { makeNeighbourLists, scaleToOne } from '../../learn/lists/neighbour-lists.ts';
import type { Promotion } from '../../models/decide-promotion.ts';
import type { Metrics } from '../../models/model-card.ts';
import { keys } from '../keys.ts';
import type { NightPorts } from '../ports.ts';
import { writeRanked } from './served-lists.ts';

/** Entries that Spark keeps per item. */
const STRIDE = 60;

/** What Spark says of its training. */
export type SparkReport = {
  engine: 'spark';
  params: Record<string, unknown>;
  users: number;
  items: number;
  interactions: number;
  skipped: number;
  seconds: number;
  metrics: Metrics;
  popularity: Metrics;
};

/** What Spark trained, as a kind of collaborative lists; `itemIds` are the items that it has any for. */
export type SparkTraining = { report: SparkReport; candidate: CollaborativeCandidate; itemIds: string[] };

type SparkRow = { i: string; n: [itemId: string, score: number][] };

/** The collaborative lists that Spark left for this run. Throws where it did not finish. */
export const sparkTraining = async ({ objects }: NightPorts, runId: string): Promise<SparkTraining> => {
  const report = (await objects.getJson(keys.sparkMetrics(runId))) as SparkReport | undefined;
  if (!report) throw new Error(`Spark has not finished training the run ${runId}: its metrics are missing`);
  const rows: SparkRow[] = [];
  for (const key of await objects.list(keys.collaborativePrefix(runId)))
    for await (const line of objects.readJsonLines(key)) rows.push(line as SparkRow);
  const candidate: CollaborativeCandidate = {
    name: 'als (spark)',
    parameters: report.params,
    lists: (dataset, { servable }) => {
      const lists = makeNeighbourLists(dataset.items.length, STRIDE);
      const { itemIndex } = dataset;
      for (const { i, n } of rows) {
        const item = itemIndex.get(i);
        if (item === undefined) continue;
        const ranked = n
          .filter(([itemId]) => servable[itemIndex.get(itemId) ?? -1] === 1)
          .map(([itemId, score]) => ({ itemId, score }));
        writeRanked(lists, item, { ranked, itemIndex });
      }
      scaleToOne(lists);
      return lists;
    },
  };
  return { report, candidate, itemIds: rows.map(({ i }) => i) };
};

/** What Spark measured on its own holdout decides first: lists that are worse than popularity are not put in service. */
export const withSparkVerdict = (decision: Promotion, spark: SparkTraining | undefined): Promotion => {
  if (!spark) return decision;
  const { metrics, popularity } = spark.report;
  const [own, base] = [metrics['ndcg@10'] ?? 0, popularity['ndcg@10'] ?? 0];
  const words = `NDCG@10 ${own.toFixed(4)} against ${base.toFixed(4)} of popularity on the holdout of Spark`;
  if (own < base) return { promote: false, reason: `worse than popularity: ${words}` };
  return { ...decision, reason: `${decision.reason}; its collaborative lists: ${words}` };
};
