import { temporaryStores } from '../bench/units/temporary-stores.ts';
import { sparkEnvironment } from './spark/environment.ts';
import { sparkNight } from './spark/night.ts';
import { sparkQuality } from './spark/quality.ts';
import { runUnitTests } from './spark/run-spark.ts';

/**
 * The program of `spark/` on this machine: its unit tests, its quality beside the product's own ALS on shards that the export made, and a
 * whole night that it trained. Without Python or Java it says so; with `CI` set that is a failure.
 */
let passed = 0;
let failed = 0;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const check = async (what: string, work: () => Promise<string | undefined>): Promise<void> => {
  const started = performance.now();
  try {
    const found = await work();
    passed++;
    say(`ok   ${what}${found ? `: ${found}` : ''} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    say(`FAIL ${what}: ${error instanceof Error ? error.message : error}`);
  }
};

const run = async (python: string): Promise<void> => {
  await check('unit tests of spark/', async () => {
    const count = await runUnitTests(python);
    if (count === 0) throw new Error('none were found');
    // The check itself is one of them.
    passed += count - 1;
    return `${count} tests`;
  });
  const stores = await temporaryStores();
  const quality = await sparkQuality(python);
  try {
    await check('the export writes shards', quality.export);
    await check('Spark trains on them', quality.train);
    await check('its quality is within 5 % of the TypeScript ALS', quality.compare);
    await check('a night that Spark trained is published and served', async () => {
      await sparkNight(python);
      return undefined;
    });
  } finally {
    await quality.close();
    await stores.close();
  }
};

const found = await sparkEnvironment().catch((error: unknown) => ({
  missing: `a way to install PySpark: ${error}`,
}));
if ('python' in found) await run(found.python);
else if (process.env.CI) {
  failed++;
  say(`FAIL this machine lacks ${found.missing}`);
} else say(`skipped: this machine lacks ${found.missing}`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
