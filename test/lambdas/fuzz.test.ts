import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wireCatalogItem } from '../../contracts/catalog/endpoints.ts';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { problemDocument } from '../../contracts/errors.ts';
import { endpoints } from '../../contracts/registry.ts';
import { wireInteraction } from '../../contracts/tracking/interaction.ts';
import { arbitraryBody, changedBody } from '../support/arbitrary-body.ts';
import { type Answer, type Engine, startEngine } from '../support/engine.ts';
import { asCaller, asUser } from '../support/http-event.ts';
import { seedWorld, validRequest } from '../support/sample-world.ts';

/** More of them by `ATTUNE_FUZZ_RUNS`. */
const RUNS = Number(process.env.ATTUNE_FUZZ_RUNS ?? 120);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await seedWorld(engine);
});
afterAll(() => engine.close());

const expectSound = ({ status, body, headers }: Answer): void => {
  expect(status).toBeLessThan(500);
  if (status < 400) return;
  problemDocument.strict().parse(body);
  expect(headers['content-type']).toBe('application/problem+json');
};

const withBody = endpoints
  .filter(({ request }) => request.body)
  .map((one) => [one.operationId, one] as const);
const BULK = new Map([
  ['trackInteractions', { name: 'interactions', element: wireInteraction }],
  ['putCatalogItems', { name: 'items', element: wireCatalogItem }],
]);

const bodiesOf = ({ operationId, request, example }: EndpointShape) => {
  const bulk = BULK.get(operationId);
  const any = arbitraryBody(request.body!);
  if (!bulk)
    return fc.oneof(
      any,
      changedBody(request.body!, validRequest(operationId, example).body as object | undefined),
    );
  const filled = fc
    .array(arbitraryBody(bulk.element), { maxLength: 5 })
    .map((elements) => ({ [bulk.name]: elements }));
  return fc.oneof({ weight: 3, arbitrary: filled }, { weight: 1, arbitrary: any });
};

describe('any JSON as the body', () => {
  it.each(withBody)(
    'is answered by an answer or a problem, never by a fault: %s',
    async (operationId, endpoint) => {
      const { example, caller } = endpoint;
      const claims = asCaller(caller);
      let good = 0;
      const property = fc.asyncProperty(bodiesOf(endpoint), async (body) => {
        const answer = await engine.call(operationId, {
          params: example.params,
          rawBody: JSON.stringify(body),
          claims,
        });
        expectSound(answer);
        if (answer.status < 300) good += 1;
      });
      await fc.assert(property, { seed: 20261121, numRuns: RUNS });
      // Fuzzing that is always refused would say little about what lies behind the schemas.
      expect(good).toBeGreaterThan(0);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  it('leaves a user, a catalogue and a queue that can be read', async () => {
    expect(await engine.drainQueue()).toBe(0);
    engine.clock.advance(6_000);
    const reads = endpoints.filter(({ routes }) => routes[0].method === 'GET');
    for (const { operationId, example, caller } of reads) {
      const claims = asCaller(caller);
      const request = { params: example.params, claims };
      const { status } = await engine.call(operationId, request);
      expect([operationId, [200, 404].includes(status)]).toEqual([operationId, true]);
    }
    const before = await engine.good('getProfile', { params: { userId: 'ada' }, claims: asUser('ada') });
    expect(before.analytics.interactions).toBeGreaterThan(3);
    expect(JSON.stringify(before)).not.toMatch(/NaN|Infinity/);
    expect(
      await engine.call('recomputeProfile', { params: { userId: 'ada' }, claims: asUser('ada') }),
    ).toMatchObject({ status: 200 });
  });
});

describe('any text as the body', () => {
  it.each(withBody)('is refused or understood: %s', async (operationId, { example, caller }) => {
    const claims = asCaller(caller);
    const property = fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (rawBody) => {
      expectSound(await engine.call(operationId, { params: example.params, rawBody, claims }));
    });
    await fc.assert(property, { seed: 20261121, numRuns: 20 });
  });
});

describe('any query', () => {
  const withQuery = endpoints
    .filter(({ request }) => Object.keys(request.query?.shape ?? {}).length > 0)
    .map((one) => [one.operationId, one] as const);

  it.each(withQuery)('is refused or understood: %s', async (operationId, { request, example, caller }) => {
    const claims = asCaller(caller);
    const names = Object.keys(request.query!.shape);
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('1', '100', 'course', 'hybrid', '2026-11-20T10:00:00Z'),
    );
    const queries = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 });
    const property = fc.asyncProperty(queries, async (query) => {
      expectSound(
        await engine.call(operationId, {
          params: example.params,
          query: { ...query },
          claims,
        }),
      );
    });
    await fc.assert(property, { seed: 20261121, numRuns: 60 });
  });
});
