import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { functionsOf, jobs } from '../../contracts/nights.ts';
import { endpoints } from '../../contracts/registry.ts';
import { apiEntry, jobEntry, workerEntry } from '../../lib/config/entries.ts';

type Loaded = { entry: string; bytes: number; handler: string };

/** design.md section 9: an API function with the SDK in it, minified. */
const API_LIMIT_BYTES = 450_000;

const folder = mkdtempSync(join(tmpdir(), 'attune-bundles-'));
let loaded: Loaded[] = [];

beforeAll(() => {
  // As in Lambda: nothing of the project is within reach, and of the environment only what CDK gives.
  const output = execFileSync(
    process.execPath,
    [join(import.meta.dirname, 'support', 'load-bundles.ts'), folder],
    {
      env: { PATH: process.env.PATH, ATTUNE_TABLE: 'table', ATTUNE_STAGE: 'test', AWS_REGION: 'eu-west-1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  loaded = JSON.parse(output.toString()) as Loaded[];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('bundles', () => {
  it('are made for every endpoint, worker and step that CDK will look for', () => {
    const steps = new Set(jobs.flatMap((job) => functionsOf(job).map(({ name }) => jobEntry(name))));
    const expected = [
      ...endpoints.map(({ operationId }) => apiEntry(operationId)),
      workerEntry('interactions'),
      ...steps,
    ];
    expect(loaded.map(({ entry }) => entry)).toEqual(expect.arrayContaining(expected));
  });

  it('load without the project around them and export a handler', () => {
    expect(loaded.filter(({ handler }) => handler !== 'function')).toEqual([]);
  });

  it('of the API are at most 450 KB each', () => {
    const tooLarge = loaded.filter(({ entry, bytes }) => entry.startsWith('api/') && bytes > API_LIMIT_BYTES);
    expect(tooLarge).toEqual([]);
  });
});
