import { describe, expect, it } from '@jest/globals';
import type * as z from 'zod';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { endpoints } from '../../contracts/registry.ts';

const fault = (schema: z.ZodType | undefined, value: unknown) => {
  if (!schema) return value === undefined ? undefined : 'there is no schema for it';
  const result = schema.safeParse(value);
  return result.success ? undefined : result.error.issues;
};

const successOf = ({ responses }: EndpointShape) => Object.values(responses)[0];

describe('the example of every endpoint', () => {
  it.each(endpoints.map((endpoint) => [endpoint.operationId, endpoint] as const))('%s', (_, endpoint) => {
    const { request, example } = endpoint;
    expect(fault(request.params, example.params ?? (request.params && {}))).toBeUndefined();
    expect(fault(request.query, example.query ?? (request.query && {}))).toBeUndefined();
    expect(fault(request.body, example.body)).toBeUndefined();
    expect(fault(successOf(endpoint), example.response)).toBeUndefined();
  });

  it('shows nothing that the response does not declare', () => {
    for (const endpoint of endpoints) {
      expect(successOf(endpoint)?.parse(endpoint.example.response)).toEqual(endpoint.example.response);
    }
  });
});
