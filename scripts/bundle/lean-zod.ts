import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** `z.string().email()` and its like, of which every string schema carries two dozen; `z.email()` is another function. */
const FORMAT_METHODS =
  /^ {4}\w+\(params\) \{\n {8}return this\.check\(core\._\w+\(Zod\w+, params\)\);\n {4}\},\n/gm;

/** What every schema, every string and every object can do besides, and nobody here asks of one. */
const FOREIGN_METHODS = [
  'and|exactOptional|nonoptional|readonly|validate(?:Async)?|(?:safe(?:En|De)|en|de)code(?:Async)?',
  'includes|startsWith|endsWith|lowercase|uppercase|normalize|slugify|toUpperCase',
  'required',
].join('|');
const OTHER_METHODS = new RegExp(
  String.raw`^ {4}(?:async )?(?:${FOREIGN_METHODS})(?:\(|: )[\s\S]*?^ {4}\},?\n`,
  'gm',
);

/** `z.coerce` and `z.iso` come whole, with the classes behind them: of these numbers are asked for, and moments and days. */
const functionsNamed = (names: string): RegExp =>
  new RegExp(String.raw`^export function (?:${names})\([\s\S]*?^\}\n`, 'gm');

type Change = readonly [what: RegExp, by: string];

/** A namespace that comes through an index is kept whole; one that comes from its file, as far as it is used. */
const UTIL_BY_ITS_FILE: Change = [
  /^import \{ util \} from "\.\.\/core\/index\.js";$/m,
  'import * as util from "../core/util.js";',
];

const UTIL_OF_CORE: Change = [/\bcore\.util\./g, 'util.'];

/** Finds its way through values that hold themselves. Requests are JSON, which cannot. */
const MEMOIZER: Change = [
  /^ {4}if \(!core\.globalConfig\.memoizer\)\n {8}core\.config\(\{ memoizer: core\.memoizer\(\) \}\);\n/m,
  '',
];

const CHANGES: readonly (readonly [file: RegExp, changes: readonly Change[]])[] = [
  [
    /\/zod\/v4\/classic\/schemas\.js$/,
    [[FORMAT_METHODS, ''], [OTHER_METHODS, ''], UTIL_BY_ITS_FILE, UTIL_OF_CORE, MEMOIZER],
  ],
  [/\/zod\/v4\/classic\/coerce\.js$/, [[functionsNamed('string|boolean|bigint|date'), '']]],
  [/\/zod\/v4\/classic\/iso\.js$/, [[functionsNamed('time|duration'), '']]],
];

/**
 * The bundles' zod without what nothing here calls, and without the classes and patterns behind it: 29 KB less in every function. A
 * schema that needed it would fail when its bundle is loaded, which a test does with all of them.
 */
export const withoutForeignMethods: Plugin = {
  name: 'without-foreign-methods',
  setup: ({ onLoad }) => {
    for (const [filter, changes] of CHANGES)
      onLoad({ filter }, async ({ path }) => ({
        contents: changes.reduce(
          (source, [what, by]) => source.replace(what, by),
          await readFile(path, 'utf8'),
        ),
        loader: 'js',
      }));
  },
};
