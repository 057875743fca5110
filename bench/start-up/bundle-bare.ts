import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** Bundles the bare handler into a folder as `scripts/bundle-functions.ts` bundles the product's. Answers its size. */
export const bundleBare = async (outdir: string): Promise<{ file: string; bytes: number }> => {
  const outfile = join(outdir, 'index.mjs');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['bench/start-up/bare-handler.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    alias: { '@aws-sdk/credential-provider-node': join(root, 'adapters', 'lambda-credentials.ts') },
    banner: {
      js: "import{createRequire as _createRequire}from'node:module';const require=_createRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'warning',
  });
  const [output] = Object.values(metafile.outputs);
  return { file: outfile, bytes: output?.bytes ?? 0 };
};
