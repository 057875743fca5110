import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { problems } from '../../contracts/errors.ts';
import { endpoints } from '../../contracts/registry.ts';

type Operation = {
  operationId: string;
  security: object[];
  parameters: Record<string, unknown>[];
  requestBody?: { required: boolean };
  responses: Record<
    string,
    { $ref?: string; content?: Record<string, { schema: unknown; example: unknown }> }
  >;
};

const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
const operation = (method: string, path: string): Operation => document.paths[path][method.toLowerCase()];

const every = endpoints.flatMap((endpoint) =>
  endpoint.routes.map(
    (route) => [`${route.method} ${route.path}`, endpoint, operation(route.method, route.path)] as const,
  ),
);

const resolved = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce((at, part) => at?.[part], document);

const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' ? [inner as string] : refsIn(inner),
  );
};

describe('docs/openapi.json', () => {
  it('holds every route and no other, each operation under its own id', () => {
    const paths = Object.entries(document.paths as Record<string, object>);
    const routes = paths.flatMap(([path, methods]) =>
      Object.keys(methods).map((one) => `${one.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual(every.map(([route]) => route).sort());
    const ids = every.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to what it holds', () => {
    expect(refsIn(document).filter((ref) => resolved(ref) === undefined)).toEqual([]);
  });

  it('has a problem document for every kind of problem', () => {
    for (const { status } of Object.values(problems)) {
      const { content } = document.components.responses[`Problem${status}`];
      expect(Object.keys(content)).toEqual(['application/problem+json']);
    }
  });

  it.each(every)('%s: caller, body, answers and problems', (_, endpoint, found) => {
    const open = endpoint.caller === 'nobody';
    const takesInput = Boolean(endpoint.request.params ?? endpoint.request.query ?? endpoint.request.body);
    expect(found.security).toEqual(open ? [] : [{ token: [] }]);
    expect(Boolean(found.requestBody)).toBe(Boolean(endpoint.request.body));
    const expected = [
      ...Object.keys(endpoint.responses),
      ...(takesInput ? ['400'] : []),
      ...(open ? [] : ['401', '403']),
      ...(endpoint.request.body ? ['413'] : []),
      '429',
      '500',
      '503',
    ];
    expect(Object.keys(found.responses)).toEqual(expect.arrayContaining(expected));
    for (const [status, response] of Object.entries(found.responses)) {
      if (Number(status) >= 400) expect(response.$ref).toBe(`#/components/responses/Problem${status}`);
      else if (status === '304') expect(response.content).toBeUndefined();
      else expect(response.content?.['application/json']?.example).toEqual(endpoint.example.response);
    }
  });
});
