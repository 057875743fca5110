import { describe, expect, it } from '@jest/globals';
import { domainNames, loadDomain } from '../../lambdas/runtime/kept/domains.ts';

/** What the contract names of the answer of generation-params. */
const NAMED = [
  'visualStyle',
  'durationSeconds',
  'aspectRatio',
  'resolution',
  'pacing',
  'captions',
  'category',
];

describe('what a generator can be told', () => {
  it.each(domainNames())('holds every parameter that the contract names: %s', (name) => {
    const names = loadDomain(name).generation?.parameters.map((parameter) => parameter.name) ?? [];
    expect(names).toEqual(expect.arrayContaining(NAMED));
  });
});
