import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { functionsOf, jobs } from '../../contracts/nights.ts';
import { endpoints, handlerFile } from '../../contracts/registry.ts';
import { endpointGrants } from '../../lib/config/endpoint-grants.ts';
import { stepGrants } from '../../lib/config/step-grants.ts';

const lambdas = join(import.meta.dirname, '..', '..', 'lambdas');

const files = (folder: string): string[] =>
  readdirSync(join(lambdas, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();

describe('endpoints, handlers and permissions', () => {
  it('name the same operations', () => {
    const operations = endpoints.map(({ operationId }) => operationId).sort();
    expect(Object.keys(endpointGrants).sort()).toEqual(operations);
    expect(files('api')).toEqual(operations.map(handlerFile).sort());
  });

  it('have no two routes alike, not even by the names of their parameters', () => {
    const keys = endpoints.flatMap(({ routes }) =>
      routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`),
    );
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('let what changes something write, for the answer to its Idempotency-Key', () => {
    const changing = endpoints.filter(({ routes }) => routes.some(({ method }) => method !== 'GET'));
    for (const { operationId } of changing) {
      expect([operationId, endpointGrants[operationId]?.table]).toEqual([operationId, 'write']);
    }
  });
});

describe('steps of the nights', () => {
  it('have a handler and permissions each', () => {
    const steps = [...new Set(jobs.flatMap(functionsOf).map(({ name }) => name))].sort();
    expect(Object.keys(stepGrants).sort()).toEqual(steps);
    expect(files('jobs')).toEqual(expect.arrayContaining(steps));
  });
});
