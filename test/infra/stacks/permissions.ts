import { beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../contracts/registry.ts';
import { endpointGrants } from '../../../lib/config/endpoint-grants.ts';
import { asList, only, resourcesOf, rolesOf } from '../support/scenarios.ts';
import type { Synthesized } from '../support/synthesize.ts';
import { scenarios } from './stacks.ts';

describe('permissions', () => {
  let dev: Synthesized;
  let prod: Synthesized;
  beforeAll(() => {
    ({ dev, prod } = scenarios());
  });

  it('name every action in full', () => {
    for (const synthesized of [dev, prod, scenarios().many]) {
      for (const { where, statements } of rolesOf(synthesized)) {
        const stars = statements
          .flatMap(({ Action }) => asList(Action))
          .filter((action) => action.includes('*'));
        expect([where, stars]).toEqual([where, []]);
      }
    }
  });

  it('name every resource, but for tracing and log delivery, which have none', () => {
    const withoutResources =
      /^(xray:|logs:\w+LogDeliver(y|ies)$|logs:(Put|Describe)ResourcePolic|logs:DescribeLogGroups$)/;
    for (const { where, statements } of rolesOf(dev)) {
      const open = statements.filter(({ Resource }) => asList(Resource).includes('*'));
      const actions = open
        .flatMap(({ Action }) => asList(Action))
        .filter((action) => !withoutResources.test(action));
      expect([where, actions]).toEqual([where, []]);
    }
  });

  it('reach objects only below the two prefixes, and of the program of Spark its two files', () => {
    for (const { statements } of rolesOf(scenarios().many)) {
      for (const { Sid, Action, Resource } of statements) {
        if (!asList(Action).some((action) => action.startsWith('s3:') && action.endsWith('Object'))) continue;
        const allowed =
          Sid === 'ReadProgram' ? /\/[0-9a-f]{64}\.(py|zip)"/ : /\/(exports|models)\/\*(\/checkpoints\*)?"/;
        for (const arn of asList(Resource)) expect(JSON.stringify(arn)).toMatch(allowed);
      }
    }
  });

  it('let no reader write: its one put is bound to the partition of the cursor key', () => {
    const readers = endpoints.filter(({ operationId }) => endpointGrants[operationId]?.table === 'read');
    expect(readers.length).toBeGreaterThan(0);
    const functions = resourcesOf(dev, 'AWS::Lambda::Function');
    for (const { summary } of readers) {
      const reader = only(functions.filter(({ Properties }) => Properties.Description === summary));
      const roleId = (reader.Properties.Role as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];
      const role = rolesOf(dev).find(({ where }) => where === `${reader.where.split(' ')[0]} ${roleId}`);
      const statements = role?.statements ?? [];
      const writes = statements.filter(({ Action }) =>
        asList(Action).some((action) => /^dynamodb:(Put|Update|Delete|BatchWrite)/.test(action)),
      );
      expect(writes.map(({ Action, Condition }) => [Action, Condition])).toEqual([
        ['dynamodb:PutItem', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['SETTINGS'] } }],
      ]);
    }
  });

  it('let only those publish events that change experiments or unlock achievements, on that bus alone, and tell them its name', () => {
    const publishing = rolesOf(dev).flatMap(({ statements }) =>
      statements.filter(({ Action }) => asList(Action).some((action) => action.startsWith('events:'))),
    );
    const operations = Object.entries(endpointGrants).flatMap(([name, { events }]) => (events ? [name] : []));
    expect(operations.toSorted()).toEqual([
      'claimAchievement',
      'createExperiment',
      'deleteExperiment',
      'getAchievements',
      'getBadge',
      'getLearningPath',
      'putProgress',
      'recordContentPreference',
      'recordFeatureUsage',
      'recordFeedback',
      'recordRecommendationFeedback',
      'recordSession',
      'replaceExperiment',
      'trackInteraction',
    ]);
    // And the worker of the interactions' queue, and the hourly evaluation.
    expect(publishing).toHaveLength(operations.length + 2);
    for (const { Action, Resource } of publishing) {
      expect(Action).toBe('events:PutEvents');
      expect(asList(Resource)).toHaveLength(1);
    }
    const told = resourcesOf(dev, 'AWS::Lambda::Function').filter(
      ({ Properties }) =>
        (Properties.Environment as { Variables: Record<string, unknown> }).Variables.ATTUNE_EVENT_BUS,
    );
    expect(told).toHaveLength(publishing.length);
  });

  it('use the key through the services that hold the data, never directly', () => {
    for (const { where, statements } of rolesOf(dev)) {
      for (const { Action, Condition } of statements) {
        if (!asList(Action).some((action) => action.startsWith('kms:'))) continue;
        expect([where, Condition?.StringEquals?.['kms:ViaService']]).toEqual([where, expect.anything()]);
      }
    }
  });

  it('let API Gateway call a function for its own routes only', () => {
    const permissions = resourcesOf(dev, 'AWS::Lambda::Permission');
    expect(permissions).toHaveLength(endpoints.flatMap(({ routes }) => routes).length);
    for (const { Properties } of permissions) {
      expect(JSON.stringify(Properties.SourceArn)).toMatch(/\/\*\/(GET|POST|PUT|DELETE)\/api\//);
    }
  });
});
