/**
 * How fast API functions start beside a bare SDK handler, and how large they are: `npm run bench:start-up`.
 * Fresh Node processes load the bundles and answer one request on the embedded table, taking turns.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleFunctions } from '../scripts/bundle-functions.ts';
import { fixed, tableText } from './live/table-text.ts';
import { bundleBare } from './start-up/bundle-bare.ts';
import { firstRequests } from './start-up/events.ts';
import { measureStartUp } from './start-up/measure.ts';
import { memoryTable } from './units/memory-table.ts';

const RUNS = 15;
const BARE = 'bare SDK handler';

const say = (text: string): void => console.log(text);
const kilobytes = (bytes: number): string => fixed(bytes / 1000, 1);

const bench = async (folder: string): Promise<void> => {
  const outdir = join(folder, 'functions');
  const bundles = await bundleFunctions(outdir);
  const bare = await bundleBare(folder);
  const table = await memoryTable();
  const bytes = new Map(
    bundles.map((bundle) => [bundle.entry, bundle.bytes]).concat([[BARE, bare.bytes]]) as [string, number][],
  );
  const figures = await measureStartUp(
    [
      { name: BARE, file: bare.file, event: {} },
      ...Object.entries(firstRequests).map(([name, event]) => ({
        name,
        file: resolve(outdir, name, 'index.mjs'),
        event,
      })),
    ],
    RUNS,
  );
  await table.close();
  const bareMs = figures[0]?.totalMs ?? Number.NaN;
  say(
    tableText([
      ['function', 'KB', 'load ms', 'first answer ms', 'both ms', 'of the bare'],
      ...figures.map(({ name, loadMs, answerMs, totalMs }) => [
        name,
        kilobytes(bytes.get(name) ?? Number.NaN),
        fixed(loadMs, 0),
        fixed(answerMs, 0),
        fixed(totalMs, 0),
        fixed(totalMs / bareMs, 2),
      ]),
    ]),
  );
  const api = bundles.filter(({ entry }) => entry.startsWith('api/')).toSorted((a, b) => b.bytes - a.bytes);
  say(
    `\n${api.length} API functions; largest: ${api
      .slice(0, 3)
      .map(({ entry, bytes: size }) => `${entry} ${kilobytes(size)} KB`)
      .join(', ')}`,
  );
  say('figures: at most 1.5 times the bare handler, at most 450 KB');
};

const folder = mkdtempSync(join(tmpdir(), 'attune-start-up-'));
await bench(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
