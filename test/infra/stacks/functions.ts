import { beforeAll, describe, expect, it } from '@jest/globals';
import { functionsOf, jobs } from '../../../contracts/nights.ts';
import { endpoints } from '../../../contracts/registry.ts';
import { defaultSwitches } from '../../../core/switches.ts';
import { resourcesOf } from '../support/scenarios.ts';
import type { Synthesized } from '../support/synthesize.ts';
import { matching, scenarios, WORKERS } from './stacks.ts';

describe('functions', () => {
  let dev: Synthesized;
  let prod: Synthesized;
  beforeAll(() => {
    ({ dev, prod } = scenarios());
  });

  it('run on nodejs24.x, arm64, traced, with an explicit timeout and memory', () => {
    const functions = resourcesOf(dev, 'AWS::Lambda::Function');
    const steps = new Set(jobs.flatMap(functionsOf).map(({ name }) => name));
    expect(functions).toHaveLength(endpoints.length + WORKERS.length + steps.size);
    for (const { Properties } of functions) {
      expect(Properties).toEqual(
        matching({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          TracingConfig: { Mode: 'Active' },
          Timeout: expect.any(Number),
          MemorySize: expect.any(Number),
          LoggingConfig: { LogGroup: expect.anything() },
        }),
      );
    }
  });

  it('have a role and a log group each, kept for a stated time', () => {
    const functions = resourcesOf(dev, 'AWS::Lambda::Function');
    const roles = functions.map(
      ({ where, Properties }) => `${where.split(' ')[0]} ${JSON.stringify(Properties.Role)}`,
    );
    expect(new Set(roles).size).toBe(functions.length);
    const retention = (synthesized: Synthesized) =>
      new Set(
        resourcesOf(synthesized, 'AWS::Logs::LogGroup').map(({ Properties }) => Properties.RetentionInDays),
      );
    expect(retention(dev)).toEqual(new Set([14]));
    expect(retention(prod)).toEqual(new Set([90]));
  });

  it('carry no secret in their environment', () => {
    for (const { Properties, where } of resourcesOf(dev, 'AWS::Lambda::Function')) {
      const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
      // Budgets are numbers of tokens.
      const suspicious = Object.entries(Variables)
        .filter(([name, value]) => !(name.endsWith('_TOKENS') && /^\d+$/.test(String(value))))
        .map(([name]) => name)
        .filter((name) => /SECRET|TOKEN|PASSWORD|KEY/.test(name));
      expect([where, suspicious]).toEqual([where, []]);
    }
  });
});

describe('switches', () => {
  let dev: Synthesized;
  let prod: Synthesized;
  beforeAll(() => {
    ({ dev, prod } = scenarios());
  });

  const environments = (synthesized: Synthesized) =>
    resourcesOf(synthesized, 'AWS::Lambda::Function').map(
      ({ Properties }) => (Properties.Environment as { Variables: Record<string, string> }).Variables,
    );

  it('are all told to every function, as the defaults say where nothing is chosen', () => {
    const inForce = {
      PERSONALIZATION_ML_ENABLED: 'true',
      PERSONALIZATION_AB_TESTING_ENABLED: 'true',
      PERSONALIZATION_REALTIME_ENABLED: 'true',
      PERSONALIZATION_CACHE_TTL: '60',
      PERSONALIZATION_DEBUG: 'false',
      POWERTOOLS_LOG_LEVEL: 'INFO',
    };
    for (const synthesized of [dev, prod])
      for (const variables of environments(synthesized)) expect(variables).toEqual(matching(inForce));
  });

  it('are told as they were chosen, and what looks for faults logs at DEBUG', () => {
    const chosen = {
      PERSONALIZATION_ML_ENABLED: 'false',
      PERSONALIZATION_AB_TESTING_ENABLED: 'false',
      PERSONALIZATION_REALTIME_ENABLED: 'false',
      PERSONALIZATION_CACHE_TTL: '0',
      PERSONALIZATION_DEBUG: 'true',
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
    };
    const found = environments(scenarios().capped);
    expect(found.length).toBe(environments(dev).length);
    for (const variables of found) expect(variables).toEqual(matching(chosen));
  });

  it('stand by default as they do where a function is told nothing', () => {
    const [variables = {}] = environments(dev);
    const { ml, abTesting, realtime, cacheTtlSeconds, debug } = defaultSwitches;
    expect(variables).toEqual(
      matching({
        PERSONALIZATION_ML_ENABLED: String(ml),
        PERSONALIZATION_AB_TESTING_ENABLED: String(abTesting),
        PERSONALIZATION_REALTIME_ENABLED: String(realtime),
        PERSONALIZATION_CACHE_TTL: String(cacheTtlSeconds),
        PERSONALIZATION_DEBUG: String(debug),
      }),
    );
  });
});
