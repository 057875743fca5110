import { bundleFunctions } from './bundle-functions.ts';

/** Largest API function with the SDK in it, minified: design.md section 9. */
const API_LIMIT_BYTES = 450 * 1000;

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

const started = performance.now();
const bundles = await bundleFunctions();
const verbose = process.argv.includes('--sizes');
const api = bundles.filter(({ entry }) => entry.startsWith('api/'));
const largest = api.toSorted((a, b) => b.bytes - a.bytes)[0];

if (verbose) for (const { entry, bytes } of bundles) process.stderr.write(`${kilobytes(bytes).padStart(10)}  ${entry}\n`);
process.stderr.write(
  `bundled ${bundles.length} functions in ${((performance.now() - started) / 1000).toFixed(1)} s` +
    (largest ? `, largest of the API ${kilobytes(largest.bytes)} (${largest.entry})\n` : '\n'),
);
const tooLarge = api.filter(({ bytes }) => bytes > API_LIMIT_BYTES);
for (const { entry, bytes } of tooLarge) process.stderr.write(`${entry} is ${kilobytes(bytes)}: above ${kilobytes(API_LIMIT_BYTES)}\n`);
if (tooLarge.length > 0) process.exitCode = 1;
