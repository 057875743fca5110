import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';
import { documentOf } from '../domains/document-of.ts';
import { readDomains } from '../domains/read-domain.ts';

/** Beside the bundle that reads them (lambdas/runtime/kept/domain-documents.ts). */
const FOLDER = 'domains';
const READER = 'lambdas/runtime/kept/domain-documents.ts';

type Document = { readonly file: string; readonly text: string };

/** @throws Error with everything that is wrong with the domains. */
const documents = (): Document[] => {
  const { domains, faults } = readDomains();
  if (faults.length > 0) throw new Error(['The domains have faults:', ...faults].join('\n  '));
  return domains.flatMap(({ name, domain }) =>
    domain ? [{ file: `${name}.json`, text: documentOf(domain) }] : [],
  );
};

/** Whether code of the reader is in an output; what tree shaking left out has no bytes in it. */
const reads = ({ inputs }: Metafile['outputs'][string]): boolean => (inputs[READER]?.bytesInOutput ?? 0) > 0;

/** Bundled functions that read domains, as paths of their code. */
export const domainReaders = ({ outputs }: Metafile): string[] =>
  Object.entries(outputs)
    .filter(([path, output]) => path.endsWith('.mjs') && reads(output))
    .map(([path]) => path);

const write = (root: string, reader: string, found: readonly Document[]): void => {
  const folder = join(dirname(resolve(root, reader)), FOLDER);
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of found) writeFileSync(join(folder, file), text);
};

/** Size of the documents that are put beside a function that reads domains, in bytes. */
export const domainBytes = (): number =>
  documents().reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

/**
 * Functions read their domains from documents beside their code, one per domain, put together, checked and made small here; in the
 * source tree the same module reads the folders.
 */
export const withDomains: Plugin = {
  name: 'with-domains',
  setup: ({ onResolve, onEnd, initialOptions }) => {
    const root = initialOptions.absWorkingDir ?? process.cwd();
    onResolve({ filter: /\/domain-folders\.ts$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace('domain-folders', 'domain-documents')),
    }));
    onEnd(({ metafile }) => {
      const readers = metafile ? domainReaders(metafile) : [];
      if (readers.length === 0) return;
      const found = documents();
      for (const reader of readers) write(root, reader, found);
    });
  },
};
