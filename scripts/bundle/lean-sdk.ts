import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { withPureSchemas } from './pure-schemas.ts';

/** What the calls of the adapters (single items, batches, queries, scans) can be answered with. */
const FAULTS = new Set([
  'ConditionalCheckFailedException',
  'InternalServerError',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ResourceNotFoundException',
  'ThrottlingException',
  'TransactionConflictException',
]);

/** The schema of a fault and its registration. */
const REGISTERED =
  /^export var (\w+)\$ = \[-3,(?:(?!^\];)[\s\S])*^\];\nn0_registry\.registerError\(\1\$, \1\);\n/gm;

const lean = (source: string, kept: ReadonlySet<string>): string =>
  source.replace(REGISTERED, (block, name: string) => (kept.has(name) ? block : ''));

/** By client, the faults that the adapters look at; those of a queue are all the same to them. */
const KEPT: Readonly<Record<string, ReadonlySet<string>>> = { dynamodb: FAULTS, sqs: new Set() };

/**
 * The table's client knows the faults of backups, exports, imports and global tables, which nothing here calls. One of them would come as
 * the general fault with its name, which is what the adapters go by.
 */
export const withoutForeignFaults: Plugin = {
  name: 'without-foreign-faults',
  setup: ({ onLoad }) => {
    for (const [client, kept] of Object.entries(KEPT)) {
      const filter = new RegExp(`/@aws-sdk/client-${client}/dist-es/schemas/schemas_0\\.js$`);
      onLoad({ filter }, async ({ path }) => ({
        contents: withPureSchemas(lean(await readFile(path, 'utf8'), kept)),
        loader: 'js',
      }));
    }
  },
};

const refusing = (name: string, words: string): string =>
  `export class ${name} { constructor() { throw new Error('${words}'); } }`;

/** A module of @smithy/core. */
const smithy = (file: string): RegExp => new RegExp(`/@smithy/core/dist-es/submodules/${file}\\.js$`);

/** What stands in for parts of the SDK that a function on Lambda never reaches. */
const STAND_INS: readonly (readonly [file: RegExp, source: string])[] = [
  // Cache of discovered endpoints, which the table's client alone has and nobody turns on: any map will do.
  [
    /\/mnemonist\/lru-cache\.js$/,
    'export default class Cache extends Map { constructor() { super(); } peek(key) { return this.get(key); } }',
  ],
  // For runtimes without node:crypto.
  [smithy('checksum/sha256/Sha256Js'), refusing('Sha256Js', 'SHA-256 of node:crypto is needed')],
  [smithy('checksum/md5/Md5Js'), refusing('Md5Js', 'MD5 of node:crypto is needed')],
  // For streams of browsers.
  [
    smithy('serde/util-stream/sdk-stream-mixin\\.browser'),
    "export const sdkStreamMixin = () => { throw new Error('streams of browsers are left out'); };",
  ],
  // The services' own times are well formed: what they say is read by Date, whatever its form.
  [
    smithy('serde/date-utils'),
    `const read = (value) => value == null ? undefined : new Date(value);
    export { read as parseRfc3339DateTime, read as parseRfc3339DateTimeWithOffset, read as parseRfc7231DateTime };
    export const parseEpochTimestamp = (value) => value == null ? undefined : new Date(Math.round(Number(value) * 1000));
    export const dateToUtcString = (date) => date.toUTCString();`,
  ],
  [
    smithy('serde/schema-serde-lib/schema-date-utils'),
    `const read = (value) => value == null ? undefined : new Date(value);
    export { read as _parseRfc3339DateTimeWithOffset, read as _parseRfc7231DateTime };
    export const _parseEpochTimestamp = (value) => value == null ? undefined : new Date(Math.round(Number(value) * 1000));`,
  ],
  // For AWS_RETRY_MODE=adaptive, which is not set.
  [
    smithy('retry/util-retry/DefaultRateLimiter'),
    refusing('DefaultRateLimiter', 'adaptive retries are left out'),
  ],
  // Region and settings are in the environment of every function: there is no file and no machine to ask.
  [
    smithy('config/config-resolver/regionConfig/getInstanceMetadataRegion'),
    'export const getInstanceMetadataRegion = async () => undefined;',
  ],
  [
    smithy('config/shared-ini-file-loader/loadSharedConfigFiles'),
    `export { CONFIG_PREFIX_SEPARATOR } from './constants';
    export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  ],
  // Signatures of event streams.
  [
    /\/@smithy\/signature-v4\/dist-es\/HeaderFormatter\.js$/,
    `export class HeaderFormatter { format() { throw new Error('event streams are left out'); } }
    export class Int64 {}`,
  ],
];

/** The SDK without what is for other places than Lambda, and for what is never turned on here. */
export const withoutUnreached: Plugin = {
  name: 'without-unreached',
  setup: ({ onLoad }) => {
    for (const [filter, contents] of STAND_INS)
      onLoad({ filter }, ({ path }) => ({ contents, loader: 'js', resolveDir: dirname(path) }));
  },
};

const REGIONS = /("regions": )\{\n(?: {16}"[\w-]+": \{\n.*\n {16}\},?\n)+ {12}\}/g;

/** Every partition tells its regions by a pattern too: 4 KB of their descriptions less. */
export const withoutRegionNames: Plugin = {
  name: 'without-region-names',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/util-endpoints\/lib\/aws\/partitions\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(REGIONS, '$1{}'),
      loader: 'js',
    }));
  },
};

const ASYNC_METHOD = /^( +)asyncMethod: async (?:\([^)]*\)|\w+) => \{\n[\s\S]*?^\1\},?\n/gm;
const SHORT_ASYNC_METHOD = /^ +asyncMethod: [^\n{]*,\n/gm;

/** What interprets; conditions are compiled. Without it the engine goes the way that `disableInterpretedOptimization` names. */
const OPTIMIZER = /^ +\/\/ OPTIMIZER BLOCK \/\/\n[\s\S]*?\/\/ END OPTIMIZER BLOCK \/\/\n/gm;

/** Operators that no condition may hold (core/rules/conditions/operators.ts). */
const FOREIGN = /^ {2}(?:'\?\?'|eachKey|length|pipe|preserve|try): \{\n[\s\S]*?^ {2}\},?\n/gm;

/** Conditions are compiled, to functions that wait for nothing: a third less of their engine. */
export const withoutForeignConditions: Plugin = {
  name: 'without-foreign-conditions',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/json-logic-engine\/dist\/esm\/index\.js$/ }, async ({ path }) => ({
      contents: [ASYNC_METHOD, SHORT_ASYNC_METHOD, OPTIMIZER, FOREIGN].reduce(
        (source, part) => source.replace(part, ''),
        await readFile(path, 'utf8'),
      ),
      loader: 'js',
    }));
  },
};
