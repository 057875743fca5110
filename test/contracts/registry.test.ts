import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { CallerKind } from '../../contracts/endpoint.ts';
import { endpoints, handlerFile } from '../../contracts/registry.ts';

/** What api.md section 2 promises of this part of the product: method and path, and who may call. */
const PROMISED: readonly (readonly [route: string, caller: CallerKind])[] = [
  ['POST /profile', 'user'],
  ['GET /profile/{userId}', 'user'],
  ['GET /personalization/profile/{userId}', 'user'],
  ['POST /personalization/profile/{userId}', 'user'],
  ['PUT /personalization/profile', 'user'],
  ['POST /personalization/profile/{userId}/recompute', 'user'],
  ['DELETE /personalization/profile/{userId}', 'user'],
  ['POST /personalization/learn-preferences', 'user'],
  ['POST /personalization/session-data', 'user'],
  ['PUT /personalization/goals', 'user'],
  ['GET /personalization/goals/{userId}', 'user'],
  ['PUT /personalization/market-focus', 'user'],
  ['POST /interactions', 'user'],
  ['POST /personalization/track-interaction', 'user'],
  ['POST /personalization/interaction', 'user'],
  ['POST /personalization/track-interactions', 'user'],
  ['GET /personalization/interactions/{userId}', 'user'],
  ['GET /personalization/homepage', 'user'],
  ['POST /personalization/features/usage', 'user'],
  ['GET /personalization/features/{userId}/frequent', 'user'],
  ['POST /personalization/content-preferences', 'user'],
  ['POST /personalization/feedback', 'user'],
  ['GET /recommendations/{userId}', 'user'],
  ['GET /personalization/recommendations', 'user'],
  ['POST /personalization/recommendations', 'user'],
  ['POST /recommendations/{userId}/feedback', 'user'],
  ['POST /personalization/rank', 'user'],
  ['GET /personalization/similar/{contentId}', 'user'],
  ['GET /personalization/workflow-optimizations/{userId}', 'user'],
  ['PUT /catalog/items/{itemId}', 'admin'],
  ['GET /catalog/items/{itemId}', 'user'],
  ['DELETE /catalog/items/{itemId}', 'admin'],
  ['POST /catalog/items', 'admin'],
  ['GET /catalog/items', 'user'],
  ['POST /ofrep/v1/evaluate/flags', 'user'],
  ['POST /ofrep/v1/evaluate/flags/{key}', 'user'],
  ['GET /personalization/models', 'admin'],
  ['POST /personalization/models/{version}/restore', 'admin'],
  ['POST /personalization/config', 'user'],
  ['GET /personalization/decisions/{decisionId}', 'user'],
  ['POST /personalization/rules', 'admin'],
  ['GET /personalization/rules', 'admin'],
  ['POST /personalization/rules/preview', 'admin'],
  ['GET /personalization/rules/{ruleId}', 'admin'],
  ['PUT /personalization/rules/{ruleId}', 'admin'],
  ['DELETE /personalization/rules/{ruleId}', 'admin'],
  ['GET /personalization/rules/{ruleId}/versions', 'admin'],
  ['POST /personalization/rules/{ruleId}/rollback', 'admin'],
  ['GET /personalization/rules/{ruleId}/performance', 'admin'],
  ['POST /personalization/optimize', 'admin'],
  ['POST /personalization/experiments', 'admin'],
  ['GET /personalization/experiments', 'admin'],
  ['GET /personalization/experiments/{experimentId}', 'admin'],
  ['PUT /personalization/experiments/{experimentId}', 'admin'],
  ['DELETE /personalization/experiments/{experimentId}', 'admin'],
  ['GET /personalization/experiments/{experimentId}/assignment', 'user'],
  ['GET /personalization/experiments/{experimentId}/results', 'admin'],
  ['POST /personalization/experiments/{experimentId}/conversions', 'user'],
  ['POST /personalization/generation-params', 'user'],
  ['POST /personalization/integrate-video-generation', 'service'],
  ['POST /personalization/integrate-content-analysis', 'service'],
  ['POST /personalization/ui-settings', 'user'],
  ['GET /personalization/metrics/{userId}', 'user'],
  ['GET /personalization/template-recommendations/{userId}', 'user'],
  ['GET /personalization/style-recommendations/{userId}', 'user'],
  ['GET /personalization/feature-recommendations/{userId}', 'user'],
  ['GET /personalization/dashboard/{userId}', 'user'],
  ['POST /personalization/suggestions', 'user'],
  ['GET /personalization/insights/{userId}', 'user'],
  ['GET /personalization/realtime-updates/{userId}', 'user'],
  ['POST /learning-paths', 'user'],
  ['GET /learning-paths', 'user'],
  ['GET /learning-paths/{pathId}', 'user'],
  ['PUT /learning-paths/{pathId}/progress', 'user'],
  ['GET /achievements/{userId}', 'user'],
  ['POST /achievements/{userId}/{achievementId}/claim', 'user'],
  ['GET /achievements/{userId}/{achievementId}/badge', 'user'],
  ['GET /personalization/analytics', 'admin'],
  ['GET /analytics', 'admin'],
  ['GET /personalization/segments', 'admin'],
  ['GET /personalization/health', 'nobody'],
];

const routesOf = () =>
  endpoints.flatMap(({ routes, caller }) =>
    routes.map(({ method, path }) => [`${method} ${path}`, caller] as const),
  );

describe('the registry', () => {
  it('holds every promised endpoint, with its caller', () => {
    const known = new Map<string, CallerKind>(routesOf());
    const missing = PROMISED.filter(([route, caller]) => known.get(route) !== caller);
    expect(missing).toEqual([]);
  });

  it('names every operation and every route once, whatever its parameters are called', () => {
    const operations = endpoints.map(({ operationId }) => operationId);
    expect(new Set(operations).size).toBe(operations.length);
    const shapes = routesOf().map(([route]) => route.replace(/\{\w+\}/g, '{}'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('declares every parameter of every path, and no other that is required', () => {
    for (const { operationId, routes, request } of endpoints) {
      const declared = Object.entries(request.params?.shape ?? {});
      const inPaths = routes.map(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      for (const names of inPaths) {
        expect([operationId, declared.map(([name]) => name)]).toEqual([
          operationId,
          expect.arrayContaining(names),
        ]);
        const required = declared.filter(([, schema]) => !schema.safeParse(undefined).success);
        expect([operationId, names]).toEqual([
          operationId,
          expect.arrayContaining(required.map(([name]) => name)),
        ]);
      }
    }
  });

  it('gives no body to GET and DELETE, and a status of success to each operation', () => {
    for (const { operationId, routes, request, responses } of endpoints) {
      const bodyless = routes.some(({ method }) => method === 'GET' || method === 'DELETE');
      expect([operationId, bodyless && request.body !== undefined]).toEqual([operationId, false]);
      const statuses = Object.keys(responses).map(Number);
      expect([
        operationId,
        statuses.every((status) => (status >= 200 && status < 300) || status === 304),
      ]).toEqual([operationId, true]);
    }
  });

  it('lets every operation that concerns a user name that user', () => {
    const cannot = endpoints.filter(({ actsOnUser, request, routes }) => {
      const inPath = routes.some(({ path }) => path.includes('{userId}'));
      return actsOnUser && !inPath && !request.body && !(request.query && 'userId' in request.query.shape);
    });
    expect(cannot).toEqual([]);
  });
});

describe('lambdas/api', () => {
  const files = readdirSync(new URL('../../lambdas/api/', import.meta.url)).sort();

  it('holds one file for each operation and none beside them', () => {
    expect(files).toEqual(endpoints.map(({ operationId }) => `${handlerFile(operationId)}.ts`).sort());
  });

  it.each(files)('%s exports a handler', async (file) => {
    process.env.ATTUNE_TABLE ??= 'unused';
    const module = (await import(new URL(`../../lambdas/api/${file}`, import.meta.url).href)) as Record<
      string,
      unknown
    >;
    expect(Object.keys(module)).toEqual(['handler']);
    expect(typeof module.handler).toBe('function');
  });
});
