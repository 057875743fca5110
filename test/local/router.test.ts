import { describe, expect, it } from '@jest/globals';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { endpoints } from '../../contracts/registry.ts';
import { createRouter } from '../../local/http/router.ts';

const shape = (operationId: string, ...routes: EndpointShape['routes']): EndpointShape => ({
  operationId,
  summary: '',
  tag: '',
  routes,
  caller: 'user',
  actsOnUser: true,
  request: {},
  responses: {},
  example: { response: {} },
});

describe('createRouter', () => {
  const find = createRouter([
    shape('one', { method: 'GET', path: '/things/{thingId}' }),
    shape('special', { method: 'GET', path: '/things/special' }),
    shape(
      'deep',
      { method: 'GET', path: '/things/{thingId}/parts/{partId}' },
      { method: 'GET', path: '/parts/{partId}' },
    ),
  ]);

  it('decodes parameters and names the route as API Gateway does', () => {
    expect(find('GET', '/api/things/a%40b/parts/x:y')).toMatchObject({
      endpoint: { operationId: 'deep' },
      routeKey: 'GET /api/things/{thingId}/parts/{partId}',
      params: { thingId: 'a@b', partId: 'x:y' },
    });
  });

  it('prefers a fixed path to a parameter', () => {
    expect(find('GET', '/api/things/special')?.endpoint.operationId).toBe('special');
    expect(find('GET', '/api/things/specials')?.endpoint.operationId).toBe('one');
  });

  it('finds nothing for another method, a longer or shorter path, or a path outside the base', () => {
    expect(find('POST', '/api/things/1')).toBeUndefined();
    expect(find('GET', '/api/things')).toBeUndefined();
    expect(find('GET', '/api/things/1/')).toBeUndefined();
    expect(find('GET', '/things/1')).toBeUndefined();
    expect(find('NONSENSE', '/api/things/1')).toBeUndefined();
  });

  it('reaches every route of the registry, aliases included', () => {
    const all = createRouter(endpoints);
    for (const endpoint of endpoints) {
      for (const { method, path } of endpoint.routes) {
        const found = all(method, `/api${path.replaceAll(/\{\w+\}/g, 'some-id')}`);
        expect(found?.endpoint.operationId).toBe(endpoint.operationId);
      }
    }
  });
});
