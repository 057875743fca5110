import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { s3Client } from '../../adapters/objects/client.ts';
import { type ObjectStore, objectStore } from '../../adapters/objects/object-store.ts';
import { download } from './copy-objects.ts';
import { exportPurchases } from './export-purchases.ts';
import { type Purchases, purchases } from './purchases.ts';
import { trainWithSpark } from './run-spark.ts';
import { measureTypescriptAls } from './typescript-als.ts';

/** Chosen on a validation split: the last but one item of 5,000 users of Beauty. */
const TYPESCRIPT_PARAMS = { dimensions: 64, iterations: 16, regularization: 0.003, unobservedWeight: 0.03 };
/** Spark may be this much worse. */
const TOLERANCE = 0.05;
const COMPARED = ['hr@10', 'ndcg@10'] as const;

type Metrics = Record<string, number>;
type Report = { interactions: number; seconds: number; metrics: Metrics; popularity: Metrics };

const fixed = (metrics: Metrics): string =>
  COMPARED.map((name) => `${name.toUpperCase()} ${(metrics[name] ?? Number.NaN).toFixed(4)}`).join(', ');

/** The same shards for both: written by the export, read by Spark from a folder. */
export type SparkQuality = {
  readonly data: Purchases;
  readonly export: () => Promise<string>;
  readonly train: () => Promise<string>;
  readonly compare: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** The parts of the comparison, one after the other; each answers what it has to say. Object storage has to be there already. */
export const sparkQuality = async (python: string): Promise<SparkQuality> => {
  const data = await purchases();
  const client = s3Client();
  const bucket = process.env.ATTUNE_BUCKET ?? '';
  const objects: ObjectStore = objectStore({ client, bucket });
  const folder = await mkdtemp(join(tmpdir(), 'attune-spark-quality-'));
  const [input, output, runId] = [join(folder, 'exports'), join(folder, 'models'), 'quality'];
  let report: Report | undefined;
  return {
    data,
    export: async () => {
      const interactions = await exportPurchases(objects, data, runId);
      await download({ client, bucket, prefix: `exports/${runId}/` }, input);
      assert.ok(interactions > 0);
      return `${interactions} interactions of ${data.name}`;
    },
    train: async () => {
      const more = ['--holdout', 'last', '--holdout-users', '1000000'];
      await trainWithSpark({ python, input, output, runId, more });
      report = JSON.parse(gunzipSync(await readFile(join(output, 'metrics.json.gz'))).toString()) as Report;
      return `${report.interactions} interactions, ${report.seconds} s, ${fixed(report.metrics)}; popularity ${fixed(report.popularity)}`;
    },
    compare: async () => {
      const typescript = await measureTypescriptAls(objects, runId, TYPESCRIPT_PARAMS);
      const spark = report?.metrics ?? {};
      for (const name of COMPARED) {
        const least = (1 - TOLERANCE) * (typescript[name] ?? Number.NaN);
        assert.ok(
          (spark[name] ?? 0) >= least,
          `${name}: Spark ${spark[name]}, TypeScript ${typescript[name]}`,
        );
      }
      return `Spark ${fixed(spark)}; TypeScript ${fixed(typescript)}`;
    },
    close: async () => {
      client.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
