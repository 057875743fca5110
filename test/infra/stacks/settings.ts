import { beforeAll, describe, expect, it } from '@jest/globals';
import { manyEndpoints } from '../support/many-endpoints.ts';
import { rolesOf } from '../support/scenarios.ts';
import type { Synthesized } from '../support/synthesize.ts';
import { scenarios, stacks } from './stacks.ts';

describe('size', () => {
  let dev: Synthesized;
  beforeAll(() => {
    ({ dev } = scenarios());
  });

  it('stays far below 500 resources per template with 80 endpoints', () => {
    expect(manyEndpoints.length).toBeGreaterThanOrEqual(80);
    const sizesOf = ({ templates }: Synthesized) =>
      templates.map(({ resources }) => Object.keys(resources).length);
    const sizes = sizesOf(scenarios().many);
    expect(Math.max(...sizes, ...sizesOf(dev))).toBeLessThan(250);
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(500);
  });

  it('keeps every role below the 10,240 characters of inline policies', () => {
    for (const { where, statements } of rolesOf(scenarios().many)) {
      expect([where, JSON.stringify(statements).length < 8_000]).toEqual([where, true]);
    }
  });
});

describe('parameters', () => {
  it.each([
    ['noAudience', /issuer and audience go together/],
    ['noIssuer', /issuer and audience go together/],
    ['stage', /stage must match/],
    ['throttle', /throttleRate must be a positive number/],
    ['callerRate', /callerRate must be a positive number/],
    ['callerBurst', /callerBurst must be a whole number from 1 to 1000000/],
    ['mlEnabled', /PERSONALIZATION_ML_ENABLED must be true or false/],
    ['abTesting', /PERSONALIZATION_AB_TESTING_ENABLED must be true or false/],
    ['realtime', /PERSONALIZATION_REALTIME_ENABLED must be true or false/],
    ['debug', /PERSONALIZATION_DEBUG must be true or false/],
    ['cacheTtl', /PERSONALIZATION_CACHE_TTL must be a whole number from 0 to 86400/],
    ['noSuchSwitch', /PERSONALIZATION_AB_ENABLED is none of PERSONALIZATION_ML_ENABLED, /],
    ['memory', /maxFunctionMemoryMb must be a whole number from 1024 to 10240/],
    ['engine', /trainingEngine must be one of auto, lambda, spark/],
    ['noGrant', /has no permissions in lib\/config\/endpoint-grants\.ts/],
  ])('are refused when they make no sense: %s', (name, message) => {
    expect(stacks().refusals[name]).toMatch(message);
  });
});
