/**
 * The main job on real data, over HTTP, on a fresh local server: `npm run bench:live`.
 * Figures are of the machine it runs on; Gorse's were measured on the same kind (see issue 3).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Api, connect } from './live/api.ts';
import { compare } from './live/compare.ts';
import { type Loading, loadData, waitUntilDrained } from './live/load-data.ts';
import { type Split, sample, splitPurchases } from './live/purchases.ts';
import { scenarios } from './live/scenarios.ts';
import {
  bytesBelow,
  endOfLog,
  failedDeliveries,
  type ServerProcess,
  startServerProcess,
} from './live/server-process.ts';
import { fixed, tableText } from './live/table-text.ts';
import { tableUseOf } from './live/table-use.ts';

const CONNECTIONS = 16;
const SCENARIO_USERS = 50;
const SEED = 20_261_121;

type Report = {
  readonly job: string;
  readonly seconds: number;
  readonly steps: { name: string; seconds: number }[];
};

const say = (text: string): void => console.log(text);

const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? 'unknown' : `${Math.round(bytes / 1e6)} MB`;

const runJob = async ({ ask }: Api, name: string): Promise<Report> => {
  const report = JSON.parse((await ask('POST', `/local/run/${name}`)).text) as Report;
  const steps = report.steps.map((step) => `${step.name} ${step.seconds.toFixed(1)} s`).join(', ');
  say(`${name}: ${report.seconds.toFixed(1)} s (${steps})`);
  return report;
};

/** The machine may be shared: what was used tells more than the clock. */
const sayProcessor = (when: string, server: ServerProcess): void =>
  say(`  processor seconds used by the server ${when}: ${fixed(server.processorSeconds() ?? Number.NaN, 1)}`);

const sayLoading = ({ rows, importSeconds, drainedSeconds }: Loading): void => {
  say(
    `import: ${rows} purchases queued in ${importSeconds.toFixed(1)} s (${Math.round(rows / importSeconds)} rows/s)`,
  );
  say(
    `folded into profiles after ${drainedSeconds.toFixed(1)} s (${Math.round(rows / drainedSeconds)} rows/s)`,
  );
};

const sayScenarios = async (api: Api, split: Split, items: readonly string[]): Promise<void> => {
  const users = sample([...split.heldOut.keys()], SCENARIO_USERS, SEED + 1);
  const measured = await scenarios(api, { users, items });
  say('\nuse of the table, per request');
  say(
    tableText([
      ['request', 'round trips', 'read units', 'write units'],
      ...measured.map(({ name, use }) => [
        name,
        fixed(use.roundTrips, 2),
        fixed(use.readUnits, 2),
        fixed(use.writeUnits, 2),
      ]),
    ]),
  );
};

const bench = async (data: string, folder: string): Promise<void> => {
  const split = await splitPurchases(join(data, 'beauty.tsv'));
  const catalog = join(data, 'beauty_items.jsonl');
  const items = readFileSync(catalog, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { item: string }).item);
  const interactions = join(folder, 'train.tsv');
  writeFileSync(interactions, split.trainTsv);
  const dataDir = join(folder, 'data');
  const server = await startServerProcess(dataDir);
  try {
    say(`server ready in ${server.startSeconds.toFixed(1)} s`);
    const api = await connect(server, CONNECTIONS);
    const start = performance.now();
    let loading: Loading | undefined;
    const use = await tableUseOf(api, split.trainRows, async () => {
      loading = await loadData(api, { interactions, catalog, folder }, split.trainRows);
    });
    if (loading) sayLoading(loading);
    sayProcessor('until then', server);
    say(`deliveries that failed and came again: ${failedDeliveries(dataDir)}`);
    say(`${fixed(use.writeUnits, 2)} write units per imported purchase, catalogue included`);
    const { seconds, steps } = await runJob(api, 'retrain');
    const elapsed = (performance.now() - start) / 1000;
    const precomputing = steps.find(({ name }) => name === 'precompute')?.seconds ?? 0;
    say(`from the first request until the model is in service: ${fixed(elapsed - precomputing, 1)} s`);
    say(`until the lists of all active users are made too: ${fixed(elapsed, 1)} s; Gorse: 780 s`);
    say(`training cycle: ${fixed(seconds, 1)} s`);
    sayProcessor('until then', server);
    await runJob(api, 'trending');
    await compare(api, server, { split, items });
    await sayScenarios(api, split, items);
    await waitUntilDrained(api);
    say('');
    await runJob(api, 'retrain');
    say(
      `stores on disk: ${megabytes(bytesBelow(dataDir))}; most memory, stores included: ${megabytes(server.peakMemory())}`,
    );
    api.client.close();
  } catch (error) {
    console.error(endOfLog(dataDir));
    throw error;
  } finally {
    await server.stop();
  }
};

const data = resolve(process.env.ATTUNE_DATA ?? '../shared/data');
if (!existsSync(join(data, 'beauty.tsv'))) {
  say(`No beauty.tsv in ${data}: name the folder of the data in ATTUNE_DATA. Nothing was measured.`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'attune-live-'));
  await bench(data, folder).finally(() => rmSync(folder, { recursive: true, force: true }));
}
