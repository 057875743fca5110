/**
 * Compiles the kernels of adapters/kernels/assembly to WebAssembly and writes them as a TypeScript file, so that Node, jest and
 * the bundler all load them without a file beside the code. `--check` fails where that file is out of date.
 * Usage: node scripts/build-kernels.ts [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import asc from 'assemblyscript/asc';

const ROOT = path.resolve(import.meta.dirname, '..');
const SOURCE = 'adapters/kernels/assembly/index.ts';
const TARGET = path.join(ROOT, 'adapters/kernels/kernels.generated.ts');
const OPTIONS = [
  '-O3',
  '--runtime',
  'stub',
  '--noAssert',
  '--enable',
  'simd',
  '--enable',
  'threads',
  '--importMemory',
  '--sharedMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
];

async function compile(): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [SOURCE, '--baseDir', ROOT, '--outFile', 'kernels.wasm', ...OPTIONS],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(path.resolve(base, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') bytes = contents;
      },
    },
  );
  if (error !== null || bytes === undefined) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return bytes;
}

function sourceOf(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,100}/g) ?? [];
  return [
    `/** Made by \`npm run generate\` from ${path.dirname(SOURCE)}: ${bytes.length} bytes of WebAssembly. Do not edit. */`,
    'export const KERNELS_BASE64 =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}

const made = sourceOf(await compile());
if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== made) {
    console.error('adapters/kernels/kernels.generated.ts is out of date: run `npm run generate`');
    process.exitCode = 1;
  }
} else {
  writeFileSync(TARGET, made);
  console.log(`adapters/kernels/kernels.generated.ts: ${made.length} characters`);
}
