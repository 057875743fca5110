import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../../scripts/bundle-functions.ts';

/** Bundles the bare handler into a folder as the product's functions are bundled. Answers its size. */
export const bundleBare = async (outdir: string): Promise<{ file: string; bytes: number }> => {
  const outfile = join(outdir, 'index.mjs');
  const { metafile } = await build({
    ...bundleOptions(),
    entryPoints: ['bench/start-up/bare-handler.ts'],
    outfile,
  });
  const [output] = Object.values(metafile.outputs);
  return { file: outfile, bytes: output?.bytes ?? 0 };
};
