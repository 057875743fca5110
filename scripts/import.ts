import { apiClient, Refused } from './import/api-client.ts';
import { type Imported, importCatalog, importInteractions } from './import/import-file.ts';
import { BadUsage, importOptions, usage } from './import/options.ts';

const EXIT = { rejectedLines: 1, failed: 2 } as const;

const report = ({ label, rows, rejects, seconds }: Imported): void => {
  const rate = Math.round(rows / Math.max(seconds, 0.001));
  console.log(
    `${label}: ${rows - rejects.count()} of ${rows} rows accepted in ${seconds.toFixed(1)} s (${rate} rows/s)`,
  );
  if (rejects.count() === 0) return;
  console.log(`${rejects.count()} rejected, all with their reasons in ${rejects.file}; the first ones:`);
  for (const line of rejects.shown()) console.log(`  ${line}`);
};

const run = async (args: readonly string[]): Promise<number> => {
  const options = importOptions(args);
  const api = await apiClient(options);
  const done: Imported[] = [];
  if (options.catalog) done.push(await importCatalog({ file: options.catalog, options, api }));
  if (options.interactions) done.push(await importInteractions({ file: options.interactions, options, api }));
  for (const imported of done) report(imported);
  return done.some(({ rejects }) => rejects.count() > 0) ? EXIT.rejectedLines : 0;
};

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const known =
    error instanceof BadUsage ||
    error instanceof Refused ||
    (error as NodeJS.ErrnoException).code === 'ENOENT';
  console.error(known ? (error as Error).message : error);
  if (error instanceof BadUsage) console.error(`\n${usage}`);
  process.exitCode = EXIT.failed;
}
