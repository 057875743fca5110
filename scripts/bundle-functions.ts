import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { domainBytes, domainReaders, withDomains } from './bundle/domains.ts';
import { leanBedrock } from './bundle/lean-bedrock.ts';
import { withoutJsonSchemas, withoutPackageFiles, withoutUnused } from './bundle/lean-code.ts';
import {
  withoutForeignConditions,
  withoutForeignFaults,
  withoutRegionNames,
  withoutUnreached,
} from './bundle/lean-sdk.ts';
import { withoutForeignMethods } from './bundle/lean-zod.ts';

export const root = resolve(import.meta.dirname, '..');

/** Largest function of the API with the SDK in it, minified: design.md section 9. */
export const API_LIMIT_BYTES = 450_000;

const kinds = ['api', 'workers', 'jobs'] as const;

/** One bundled function: its entry (`api/health`), the size of its code in bytes, source map left out, and of the domains beside it. */
export type Bundle = { readonly entry: string; readonly bytes: number; readonly domainBytes: number };

/** Every entry point below `lambdas/`, sorted: `api/health`, `jobs/train`, ... */
export const entries = (): string[] =>
  kinds.flatMap((kind) => {
    const folder = join(root, 'lambdas', kind);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    return names.map((name) => `${kind}/${name.slice(0, -'.ts'.length)}`).sort();
  });

/**
 * The SDK imports its event streams at the first streamed answer, and nothing here streams: 20 KB less in every function.
 * Clients that ask for them at their start (S3) still get them.
 */
const withoutEventStreams: Plugin = {
  name: 'without-event-streams',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

const sizes = (metafile: Metafile, outdir: string): Bundle[] => {
  const readers = new Set(domainReaders(metafile));
  const beside = readers.size > 0 ? domainBytes() : 0;
  return Object.entries(metafile.outputs)
    .filter(([path]) => path.endsWith('.mjs'))
    .map(([path, output]) => ({
      entry: resolve(root, path).slice(resolve(root, outdir).length + 1, -'/index.mjs'.length),
      bytes: output.bytes,
      domainBytes: readers.has(path) ? beside : 0,
    }));
};

/** How every function is bundled. The start-up benchmark bundles its bare handler the same way. */
export const bundleOptions = () =>
  ({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    alias: {
      '@aws-sdk/credential-provider-node': join(root, 'adapters', 'lambda-credentials.ts'),
      // stdlib's special functions can print what they iterate over, where DEBUG asks for it.
      debug: join(root, 'scripts', 'bundle', 'no-debug.cjs'),
    },
    plugins: [
      withDomains,
      leanBedrock,
      withoutEventStreams,
      withoutForeignMethods,
      withoutJsonSchemas,
      withoutPackageFiles,
      withoutUnused,
      withoutForeignFaults,
      withoutUnreached,
      withoutForeignConditions,
      withoutRegionNames,
    ],
    // CommonJS dependencies ask for Node's own modules with require, which ES modules do not have.
    banner: {
      js: "import{createRequire as _createRequire}from'node:module';const require=_createRequire(import.meta.url);",
    },
    metafile: true as const,
    // `sentiment` looks for languages that it does not ship.
    logOverride: { 'empty-glob': 'silent' },
    logLevel: 'warning',
  }) satisfies BuildOptions & { metafile: true };

/**
 * Bundles every entry point in one esbuild call, `lambdas/<entry>.ts` into `<outdir>/<entry>/index.mjs` with its source
 * map beside it. The AWS SDK is part of the bundle: the copy in Lambda's runtime starts slower and changes by itself.
 */
export const bundleFunctions = async (outdir = 'dist'): Promise<Bundle[]> => {
  const found = entries();
  if (found.length === 0) throw new Error('there are no entry points below lambdas/');
  await rm(resolve(root, outdir), { recursive: true, force: true });
  const { metafile } = await build({
    ...bundleOptions(),
    entryPoints: found.map((entry) => ({ in: `lambdas/${entry}.ts`, out: `${entry}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    // Stack traces name files and lines of the sources; the text of the sources stays at home.
    sourcemap: 'linked',
    sourcesContent: false,
  });
  return sizes(metafile, outdir);
};
