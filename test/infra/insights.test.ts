import { beforeAll, describe, expect, it } from '@jest/globals';
import { textMetrics } from '../../contracts/insights/metrics.ts';
import { endpoints } from '../../contracts/registry.ts';
import { endpointGrants } from '../../lib/config/endpoint-grants.ts';
import {
  asList,
  type Found,
  loadScenarios,
  only,
  referenced,
  resourcesOf,
  rolesOf,
  type Scenarios,
  variablesOf,
} from './support/scenarios.ts';
import type { Synthesized } from './support/synthesize.ts';

let loaded: Scenarios<'insights'>;

beforeAll(() => {
  loaded = loadScenarios('insights');
});

const NOVA = 'amazon.nova-micro-v1:0';
const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';

/** What is joined of texts and references, references by their name. */
const spelt = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (value !== null && typeof value === 'object' && 'Ref' in value) return `<${value.Ref}>`;
  const [, parts] = (value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts.map(spelt).join('');
};

const bedrockStatements = (synthesized: Synthesized) =>
  rolesOf(synthesized).map(({ where, statements }) => ({
    where,
    calls: statements
      .filter(({ Action }) => asList(Action).some((action) => action.startsWith('bedrock:')))
      .map(({ Action, Resource, Condition }) => ({
        actions: asList(Action),
        on: spelt(Resource),
        Condition,
      })),
  }));

const callers = (synthesized: Synthesized) =>
  bedrockStatements(synthesized).filter(({ calls }) => calls.length > 0);

/** Endpoints that may call the model, and the worker. */
const granted = endpoints.filter(({ operationId }) => endpointGrants[operationId]?.bedrock).length + 1;

const functions = (synthesized: Synthesized) => resourcesOf(synthesized, 'AWS::Lambda::Function');

const described = (synthesized: Synthesized, start: string): Found =>
  only(functions(synthesized).filter(({ Properties }) => String(Properties.Description).startsWith(start)));

const theWorker = (synthesized: Synthesized): Found => described(synthesized, 'Lets a model write');

describe('permission to call a model', () => {
  it('is for the worker and the endpoints that say so, on one foundation model of the region', () => {
    const found = callers(loaded.scenarios.model);
    expect(found).toHaveLength(granted);
    for (const { calls } of found)
      expect(calls).toEqual([
        {
          actions: ['bedrock:InvokeModel'],
          on: `arn:<AWS::Partition>:bedrock:<AWS::Region>::foundation-model/${NOVA}`,
        },
      ]);
  });

  it('is nobody’s where models are off, and functions know it', () => {
    const { off } = loaded.scenarios;
    expect(callers(off)).toEqual([]);
    expect(variablesOf(theWorker(off))).toMatchObject({ ATTUNE_BEDROCK_MODEL: 'off' });
    expect(variablesOf(theWorker(off))).not.toHaveProperty('ATTUNE_BEDROCK_OUTPUT');
  });

  it.each([
    [
      'profile',
      'eu.amazon.nova-micro-v1:0',
      NOVA,
      'arn:<AWS::Partition>:bedrock:<AWS::Region>:<AWS::AccountId>:inference-profile/eu.amazon.nova-micro-v1:0',
    ],
    [
      'ownProfile',
      'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3d4e5f6',
      HAIKU,
      'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3d4e5f6',
    ],
  ] as const)(
    'goes through an inference profile where there is one, and to the model in other regions only by it: %s',
    (name, told, model, arn) => {
      const synthesized = loaded.scenarios[name];
      expect(variablesOf(theWorker(synthesized)).ATTUNE_BEDROCK_MODEL).toBe(told);
      const found = callers(synthesized);
      expect(found).toHaveLength(granted);
      for (const { calls } of found) {
        const [profile, routed, ...others] = calls;
        expect(others).toEqual([]);
        expect(profile).toEqual({ actions: ['bedrock:InvokeModel'], on: arn });
        expect(routed?.on).toBe(`arn:<AWS::Partition>:bedrock:*::foundation-model/${model}`);
        const condition = routed?.Condition?.StringEquals?.['bedrock:InferenceProfileArn'];
        expect(spelt(condition)).toBe(arn);
      }
    },
  );
});

describe('cdk-nag', () => {
  it('finds nothing that is neither right nor acknowledged, with a model, without, and with profiles', () => {
    const findings = Object.values(loaded.scenarios).flatMap((synthesized) => synthesized.findings);
    expect(findings).toEqual([]);
  });
});

describe('environment', () => {
  const textNames = /^(ATTUNE_BEDROCK|ATTUNE_INSIGHT|AWS_ENDPOINT_URL_BEDROCK)/;

  it('says nothing of texts to functions that have nothing to do with them, and the domain to all', () => {
    for (const { model } of [loaded.scenarios]) {
      const concerned = endpoints.filter(({ operationId }) => {
        const { insights, bedrock } = endpointGrants[operationId] ?? {};
        return insights !== undefined || bedrock !== undefined;
      });
      const told = functions(model).filter((one) =>
        Object.keys(variablesOf(one)).some((name) => textNames.test(name)),
      );
      expect(told).toHaveLength(concerned.length + 1);
      for (const one of functions(model)) expect(variablesOf(one)).toMatchObject({ ATTUNE_DOMAIN: 'saas' });
    }
    expect(variablesOf(theWorker(loaded.scenarios.off))).toMatchObject({ ATTUNE_DOMAIN: 'real-estate' });
  });

  it('tells budgets, life and form as they were chosen', () => {
    expect(variablesOf(theWorker(loaded.scenarios.model))).toMatchObject({
      ATTUNE_BEDROCK_MODEL: NOVA,
      ATTUNE_BEDROCK_OUTPUT: 'tool',
      ATTUNE_INSIGHT_TTL_HOURS: '24',
      ATTUNE_INSIGHT_USER_TOKENS: '20000',
      ATTUNE_INSIGHT_STACK_TOKENS: '2000000',
    });
    expect(variablesOf(theWorker(loaded.scenarios.profile))).toMatchObject({
      ATTUNE_BEDROCK_OUTPUT: 'json_schema',
      ATTUNE_INSIGHT_TTL_HOURS: '6',
      ATTUNE_INSIGHT_USER_TOKENS: '5000',
      ATTUNE_INSIGHT_STACK_TOKENS: '100000',
    });
  });

  it('points at another Bedrock on an emulator only', () => {
    const name = 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME';
    const { model, emulated } = loaded.scenarios;
    expect(functions(model).filter((one) => name in variablesOf(one))).toEqual([]);
    const told = functions(emulated).filter((one) => name in variablesOf(one));
    expect(told).toHaveLength(granted);
    for (const one of told) expect(variablesOf(one)[name]).toBe('http://127.0.0.1:4599');
  });

  it('names the stage in metrics, so that two stages of one account do not alarm each other', () => {
    const { model, profile } = loaded.scenarios;
    for (const [synthesized, service] of [
      [model, 'attune'],
      [profile, 'attune-prod'],
    ] as const) {
      for (const one of functions(synthesized))
        expect(variablesOf(one).POWERTOOLS_SERVICE_NAME).toBe(service);
      const alarms = resourcesOf(synthesized, 'AWS::CloudWatch::Alarm').filter(
        ({ Properties }) => Properties.Namespace === 'Attune',
      );
      expect(alarms.length).toBeGreaterThan(0);
      for (const { Properties } of alarms)
        expect(Properties.Dimensions).toEqual([{ Name: 'service', Value: service }]);
    }
  });
});

describe('the worker of texts', () => {
  it('takes few messages at a time, which bounds how fast money is spent', () => {
    const { model } = loaded.scenarios;
    const worker = theWorker(model);
    const mapping = only(
      resourcesOf(model, 'AWS::Lambda::EventSourceMapping').filter(
        ({ Properties, where }) =>
          referenced(model, { where, type: 'AWS::Lambda::Function', value: Properties.FunctionName })
            .where === worker.where,
      ),
    );
    expect(mapping.Properties).toMatchObject({
      BatchSize: 2,
      ScalingConfig: { MaximumConcurrency: 5 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const queue = referenced(model, {
      where: mapping.where,
      type: 'AWS::SQS::Queue',
      value: mapping.Properties.EventSourceArn,
    });
    expect(worker.Properties).toMatchObject({ Timeout: 90, MemorySize: 1024 });
    expect(queue.Properties).toMatchObject({ VisibilityTimeout: 540 });
    expect(queue.Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
  });

  it('reads and writes the table and calls the model: it sends nothing and reads no bucket', () => {
    const { model } = loaded.scenarios;
    const worker = theWorker(model);
    const role = rolesOf(model).find(({ where }) =>
      JSON.stringify(worker.Properties.Role).includes(`"${where.split(' ')[1]}"`),
    );
    expect(role?.statements.map(({ Sid }) => Sid)).toEqual([
      'WriteLogs',
      'Trace',
      'ReadTable',
      'WriteTable',
      'CallModel',
      'UseKey',
      'Consume',
      'UseKeyOfQueue',
    ]);
  });

  it('is told of by outputs, from which the emulator sets its redrive policy again', () => {
    const outputs = loaded.scenarios.model.templates.flatMap((template) => template.outputs);
    expect(outputs).toEqual(
      expect.arrayContaining(['InsightsQueueUrl', 'InsightsDeadLetterQueueUrl', 'InteractionsQueueUrl']),
    );
  });
});

describe('endpoints of texts', () => {
  it('that ask for texts may send to that queue alone, and no further action', () => {
    const senders = endpoints.filter(({ operationId }) => endpointGrants[operationId]?.insights === 'send');
    expect(senders.length).toBeGreaterThan(0);
    const asking = rolesOf(loaded.scenarios.model).flatMap(({ statements }) =>
      statements.filter(({ Sid }) => Sid === 'AskForTexts'),
    );
    expect(asking).toHaveLength(senders.length);
    for (const { Action } of asking) expect(Action).toBe('sqs:SendMessage');
  });

  it('that wait for a model end within 10 seconds', () => {
    for (const { summary } of endpoints.filter(({ operationId }) => endpointGrants[operationId]?.bedrock))
      expect(described(loaded.scenarios.model, summary).Properties.Timeout).toBeLessThanOrEqual(10);
  });
});

describe('what operators see', () => {
  it('has an alarm for refused texts, failing calls, an open circuit and a spent budget', () => {
    const metrics = resourcesOf(loaded.scenarios.model, 'AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties.Namespace === 'Attune')
      .map(({ Properties }) => Properties.MetricName)
      .filter((name) => Object.values<unknown>(textMetrics).includes(name));
    const { refused, failed, circuitOpen, exhausted } = textMetrics;
    expect(metrics.sort()).toEqual([refused, failed, circuitOpen, exhausted].sort());
  });

  it('has every metric of texts on the dashboard', () => {
    const { DashboardBody } = only(
      resourcesOf(loaded.scenarios.model, 'AWS::CloudWatch::Dashboard'),
    ).Properties;
    const body = JSON.stringify(DashboardBody);
    for (const name of Object.values(textMetrics)) expect(body).toContain(name);
  });
});

describe('parameters of texts', () => {
  it.each([
    ['domain', /^context domain must be one of film, learning, real-estate, saas, video$/],
    ['model', /^context bedrockModel must be the id of a model/],
    ['modelIsProfile', /is an inference profile: give it as bedrockInferenceProfile/],
    ['profile', /^context bedrockInferenceProfile must be the id of a profile/],
    ['otherModel', /routes to amazon\.nova-micro-v1:0, bedrockModel is amazon\.nova-lite-v1:0/],
    ['profileOff', /bedrockInferenceProfile makes no sense with bedrockModel=off/],
    ['output', /^context bedrockOutput must be one of tool, json_schema/],
    ['ttl', /^context insightTtlHours must be a whole number from 1 to 720/],
    ['userTokens', /^context insightUserTokens must be a whole number/],
    ['stackTokens', /^context insightStackTokens must be a whole number/],
    ['budgets', /insightUserTokens must not be more than insightStackTokens/],
    ['endpoint', /bedrockEndpoint goes with emulator=true only/],
    ['endpointUrl', /bedrockEndpoint must be a URL/],
  ])('are refused when they make no sense: %s', (name, message) => {
    expect(loaded.refusals[name]).toMatch(message);
  });
});
