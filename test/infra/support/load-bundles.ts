import { join } from 'node:path';
import { bundleFunctions } from '../../../scripts/bundle-functions.ts';

/** Bundles every function into a folder outside the project, loads each and prints what became of it as JSON. */
const [folder = ''] = process.argv.slice(2);
const bundles = await bundleFunctions(folder);
const loaded = [];
for (const { entry, bytes } of bundles) {
  const { handler } = (await import(join(folder, entry, 'index.mjs'))) as { handler: unknown };
  loaded.push({ entry, bytes, handler: typeof handler });
}
process.stdout.write(JSON.stringify(loaded));
