import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** `export const users = lazily(...)`: calls whose only effect is their value. */
const MAKERS = /^(export const \w+ = )((?:lazily|accessPattern|revalidated|defineEndpoint)\()/gm;

/** What docs/access-patterns.md says of a pattern; functions need its name, by which units are counted. */
const DESCRIPTIONS = /(accessPattern\(\n {2}\{\n {4}name: '\w+',)[\s\S]*?(\n {2}\},)/g;

/** The examples of endpoints are for readers and tests. */
const EXAMPLES = /^ {2}example: (?:\{.*\}|\{[\s\S]*?^ {2}\}),\n/gm;

/** What the OpenAPI document says of a schema, on one line or as a block. */
const REMARKS = /\.meta\(\{ (?:[^{}'"`]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*\}\)/g;
const REMARK_BLOCKS = /^( *)(.*)\.meta\(\{\n[\s\S]*?^\1\}\)/gm;

const WITH_MAKERS =
  /\/(adapters\/dynamodb\/access-patterns|lambdas\/runtime(\/\w+)?|contracts(\/\w+)?)\/[\w-]+\.ts$/;

/** The source of a module without what only readers and tests look at, and with its pure calls marked. */
export const lean = (source: string): string =>
  source
    .replace(MAKERS, '$1/* @__PURE__ */ $2')
    .replace(DESCRIPTIONS, '$1$2')
    .replace(EXAMPLES, '')
    .replace(REMARKS, '')
    .replace(REMARK_BLOCKS, '$1$2');

/**
 * Tells esbuild, which sees no further than the file, what has no effect: the ports, access patterns and endpoints that a function
 * does not use are then left out of its bundle.
 */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  setup: ({ onLoad }) => {
    onLoad({ filter: WITH_MAKERS }, async ({ path }) => ({
      contents: lean(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

const EXPORTS = /^export (?:const|function) (\w+)/gm;

const REFUSE = `const refuse = () => { throw new Error('JSON schemas of zod are left out of the bundles'); };
const refuseLater = () => refuse;`;

const standIn = (name: string): string =>
  `export { ${name.startsWith('create') ? 'refuseLater' : 'refuse'} as ${name} };`;

/** Every zod schema carries the way to its JSON Schema, which only the generator of the OpenAPI document goes: 17 KB. */
export const withoutJsonSchemas: Plugin = {
  name: 'without-json-schemas',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ }, async ({ path }) => {
      const names = [...(await readFile(path, 'utf8')).matchAll(EXPORTS)].map(([, name]) => name as string);
      return { contents: [REFUSE, ...names.map(standIn)].join('\n'), loader: 'js' };
    });
  },
};

/** SDK clients read their own version from their package.json, and bundle all of it. */
export const withoutPackageFiles: Plugin = {
  name: 'without-package-files',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
