import { build } from 'esbuild';
import { bundleOptions, root } from '../../../scripts/bundle-functions.ts';

/** Bundles a function that prints what it knows of domains, and one that does not read any, into a folder. */
const [outdir = ''] = process.argv.slice(2);
const reader = `
  import { domainNames, loadDomain } from './lambdas/runtime/kept/domains.ts';
  const [name] = process.argv.slice(2);
  const domain = loadDomain(name);
  console.log(JSON.stringify({ names: domainNames(), again: loadDomain(name) === domain, domain }));
`;
const other = `import { Invalid } from './core/errors.ts'; console.log(new Invalid([]).name);`;
for (const [name, contents] of Object.entries({ reader, other })) {
  await build({
    ...bundleOptions(),
    stdin: { contents, resolveDir: root, sourcefile: `${name}.ts`, loader: 'ts' },
    outfile: `${outdir}/${name}/index.mjs`,
  });
}
