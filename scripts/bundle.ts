import { API_LIMIT_BYTES, bundleFunctions } from './bundle-functions.ts';

/** Runs before every synthesis (cdk.json). `--sizes` lists them all, `--check` fails where one of the API is too large. */
const has = (flag: string): boolean => process.argv.includes(flag);
const say = (line: string): boolean => process.stderr.write(`${line}\n`);
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

const started = performance.now();
const bundles = await bundleFunctions();
const api = bundles.filter(({ entry }) => entry.startsWith('api/')).toSorted((a, b) => b.bytes - a.bytes);

const beside = (bytes: number): string => (bytes > 0 ? `, domains ${kilobytes(bytes)}` : '');

if (has('--sizes'))
  for (const { entry, bytes, domainBytes } of bundles)
    say(`${kilobytes(bytes).padStart(10)}  ${entry}${beside(domainBytes)}`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const [largest] = api;
say(`bundled ${bundles.length} functions in ${seconds} s`);
if (largest) say(`largest of the API: ${largest.entry}, ${kilobytes(largest.bytes)}`);

const tooLarge = api.filter(({ bytes }) => bytes > API_LIMIT_BYTES);
for (const { entry, bytes } of tooLarge)
  say(`too large: ${entry}, ${kilobytes(bytes)} of ${kilobytes(API_LIMIT_BYTES)}`);
if (has('--check') && tooLarge.length > 0) process.exitCode = 1;
