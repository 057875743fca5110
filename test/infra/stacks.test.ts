import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { table } from '../../adapters/dynamodb/table.ts';
import { functionsOf, jobs } from '../../contracts/nights.ts';
import { endpoints } from '../../contracts/registry.ts';
import { defaultSwitches } from '../../core/switches.ts';
import { endpointGrants } from '../../lib/config/endpoint-grants.ts';
import { manyEndpoints } from './support/many-endpoints.ts';
import {
  asList,
  type Found,
  loadScenarios,
  resourcesOf,
  rolesOf,
  type Scenarios,
} from './support/scenarios.ts';
import type { Synthesized } from './support/synthesize.ts';

let loaded: Scenarios;
let dev: Synthesized;
let prod: Synthesized;

beforeAll(() => {
  loaded = loadScenarios();
  ({ dev, prod } = loaded.scenarios);
});

const only = (found: Found[]): Found => {
  expect(found).toHaveLength(1);
  return found[0] as Found;
};

/** Deep partial match of one resource's properties. */
const matching = (properties: Record<string, unknown>) => expect.objectContaining(properties);

describe('cdk-nag', () => {
  it('leaves no finding of the AwsSolutions and Serverless packs without a fix or a reason', () => {
    expect(dev.findings).toEqual([]);
    expect(prod.findings).toEqual([]);
    expect(loaded.scenarios.many.findings).toEqual([]);
    expect(loaded.scenarios.capped.findings).toEqual([]);
  });

  it('would find a bucket without TLS and logs', () => {
    const rules = loaded.scenarios.spoilt.findings;
    expect(rules).toContainEqual(expect.stringContaining('AwsSolutions-S10'));
    expect(rules).toContainEqual(expect.stringContaining('AwsSolutions-S1 '));
  });
});

describe('data at rest', () => {
  it('makes the table of table.ts: encrypted by the key, recoverable to any second, expiring, on demand', () => {
    const { Properties } = only(resourcesOf(dev, 'AWS::DynamoDB::Table'));
    expect(Properties).toEqual(
      matching({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: expect.anything() },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: table.timeToLive, Enabled: true },
        KeySchema: [
          { AttributeName: table.partitionKey, KeyType: 'HASH' },
          { AttributeName: table.sortKey, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: Object.values(table.indexes).map((index) =>
          matching({ IndexName: index.name, Projection: { ProjectionType: 'ALL' } }),
        ),
      }),
    );
  });

  it('encrypts queues, bucket, topic and every log group by the same key, which is rotated', () => {
    expect(only(resourcesOf(dev, 'AWS::KMS::Key')).Properties.EnableKeyRotation).toBe(true);
    for (const queue of resourcesOf(dev, 'AWS::SQS::Queue'))
      expect(queue.Properties.KmsMasterKeyId).toBeDefined();
    for (const log of resourcesOf(dev, 'AWS::Logs::LogGroup')) expect(log.Properties.KmsKeyId).toBeDefined();
    expect(only(resourcesOf(dev, 'AWS::SNS::Topic')).Properties.KmsMasterKeyId).toBeDefined();
    const bucket = only(resourcesOf(dev, 'AWS::S3::Bucket')).Properties;
    expect(JSON.stringify(bucket.BucketEncryption)).toContain('aws:kms');
    expect(Object.values(bucket.PublicAccessBlockConfiguration as object)).toEqual([true, true, true, true]);
  });

  it('refuses plain HTTP on every queue, the bucket and the topic', () => {
    const policies = ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy'].flatMap(
      (type) => resourcesOf(dev, type),
    );
    expect(policies).toHaveLength(resourcesOf(dev, 'AWS::SQS::Queue').length + 2);
    for (const { Properties, where } of policies) {
      const { Statement } = Properties.PolicyDocument as {
        Statement: { Effect: string; Condition?: unknown }[];
      };
      const denied = Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition);
      expect([where, denied]).toEqual([
        where,
        expect.arrayContaining([{ Bool: { 'aws:SecureTransport': 'false' } }]),
      ]);
    }
  });

  it('has one event bus of its own for each stage, encrypted by the key, which serves it alone', () => {
    const { Properties } = only(resourcesOf(dev, 'AWS::Events::EventBus'));
    expect(Properties).toEqual(matching({ Name: 'Attune-dev', KmsKeyIdentifier: expect.anything() }));
    expect(only(resourcesOf(prod, 'AWS::Events::EventBus')).Properties.Name).toBe('Attune-prod');
    const { KeyPolicy } = only(resourcesOf(dev, 'AWS::KMS::Key')).Properties as {
      KeyPolicy: {
        Statement: { Principal: { Service?: string }; Action: string | string[]; Condition?: object }[];
      };
    };
    const ofEvents = KeyPolicy.Statement.filter(
      ({ Principal }) => Principal.Service === 'events.amazonaws.com',
    );
    for (const { Action, Condition } of ofEvents) {
      expect(JSON.stringify(Condition)).toContain('aws:SourceAccount');
      if (asList(Action).includes('kms:Decrypt'))
        expect(JSON.stringify(Condition)).toContain('event-bus/Attune-dev');
    }
    expect(ofEvents.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:DescribeKey',
      'kms:GenerateDataKey',
    ]);
  });

  it('keeps data and keys of stage prod when the stack goes, and nothing of other stages', () => {
    const kept = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Cognito::UserPool'];
    for (const type of kept) {
      for (const found of resourcesOf(prod, type))
        expect([type, found.DeletionPolicy]).toEqual([type, 'Retain']);
      for (const found of resourcesOf(dev, type))
        expect([type, found.DeletionPolicy]).toEqual([type, 'Delete']);
    }
    expect(only(resourcesOf(prod, 'AWS::DynamoDB::Table')).Properties.DeletionProtectionEnabled).toBe(true);
  });

  it('gives no physical name to anything that CloudFormation can name', () => {
    const names = [
      'TableName',
      'BucketName',
      'QueueName',
      'FunctionName',
      'RoleName',
      'TopicName',
      'StateMachineName',
    ];
    for (const { file, resources } of dev.templates) {
      for (const [id, { Type, Properties }] of Object.entries(resources)) {
        if (Type === 'AWS::Lambda::Permission' || Type === 'AWS::Lambda::EventSourceMapping') continue;
        const named = names.filter((name) => typeof Properties?.[name] === 'string');
        expect([file, id, named]).toEqual([file, id, []]);
      }
    }
  });
});

describe('functions', () => {
  it('run on nodejs24.x, arm64, traced, with an explicit timeout and memory', () => {
    const functions = resourcesOf(dev, 'AWS::Lambda::Function');
    const steps = new Set(jobs.flatMap(functionsOf).map(({ name }) => name));
    expect(functions).toHaveLength(endpoints.length + 1 + steps.size);
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
      const suspicious = Object.keys(Variables).filter((name) => /SECRET|TOKEN|PASSWORD|KEY/.test(name));
      expect([where, suspicious]).toEqual([where, []]);
    }
  });
});

describe('switches', () => {
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
    const found = environments(loaded.scenarios.capped);
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

describe('permissions', () => {
  it('name every action in full', () => {
    for (const synthesized of [dev, prod, loaded.scenarios.many]) {
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
    for (const { statements } of rolesOf(loaded.scenarios.many)) {
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
      const role = only(
        rolesOf(dev).filter(({ where }) => where === `${reader.where.split(' ')[0]} ${roleId}`) as never,
      );
      const { statements } = role as unknown as {
        statements: ReturnType<typeof rolesOf>[number]['statements'];
      };
      const writes = statements.filter(({ Action }) =>
        asList(Action).some((action) => /^dynamodb:(Put|Update|Delete|BatchWrite)/.test(action)),
      );
      expect(writes.map(({ Action, Condition }) => [Action, Condition])).toEqual([
        ['dynamodb:PutItem', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['SETTINGS'] } }],
      ]);
    }
  });

  it('let only those publish events that change experiments, on that bus alone, and tell them its name', () => {
    const publishing = rolesOf(dev).flatMap(({ statements }) =>
      statements.filter(({ Action }) => asList(Action).some((action) => action.startsWith('events:'))),
    );
    // Creating, replacing and deleting an experiment, and the hourly evaluation.
    expect(publishing).toHaveLength(4);
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

describe('nights', () => {
  const definitionOf = (synthesized: Synthesized, text: string) =>
    only(
      resourcesOf(synthesized, 'AWS::StepFunctions::StateMachine').filter(({ Properties }) =>
        JSON.stringify(Properties.DefinitionString).includes(text),
      ),
    ).Properties.DefinitionString;
  const memoryOf = (synthesized: Synthesized, step: string) =>
    only(
      resourcesOf(synthesized, 'AWS::Lambda::Function').filter(
        ({ Properties }) => Properties.Description === `Night step ${step}`,
      ),
    ).Properties;
  const variables = (synthesized: Synthesized, step: string) =>
    (memoryOf(synthesized, step).Environment as { Variables: Record<string, string> }).Variables;

  it('train with the most memory that Lambda gives, or that the account is granted, and know it', () => {
    expect(memoryOf(dev, 'train')).toEqual(matching({ MemorySize: 10_240, Timeout: 900 }));
    expect(variables(dev, 'train')).toEqual(matching({ ATTUNE_TRAINING_MEMORY_MB: '10240' }));
    const { capped } = loaded.scenarios;
    for (const { Properties } of resourcesOf(capped, 'AWS::Lambda::Function'))
      expect(Properties.MemorySize).toBeLessThanOrEqual(3008);
    expect(variables(capped, 'size')).toEqual(
      matching({ ATTUNE_TRAINING_MEMORY_MB: '3008', ATTUNE_TRAINING_ENGINE: 'spark' }),
    );
    expect(variables(capped, 'export')).toEqual(
      matching({ ATTUNE_AUDIT_ATTRIBUTE: 'market', ATTUNE_CHURN_HORIZON_DAYS: '14' }),
    );
    expect(variables(capped, 'publish')).not.toHaveProperty('ATTUNE_TRAINING_ENGINE');
  });

  it('map over the manifest in the bucket, and over the state only where a setting asks for it', () => {
    const onAws = JSON.stringify(definitionOf(dev, 'Start Spark'));
    expect(onAws.match(/ItemReader/g)).toHaveLength(3);
    expect(onAws).toContain("States.Format('exports/{}/shards.json', $.runId)");
    expect(onAws).not.toContain('ItemsPath');
    const inline = JSON.stringify(definitionOf(loaded.scenarios.capped, 'Start Spark'));
    expect(inline).not.toContain('ItemReader');
    expect(inline.match(/ItemsPath/g)).toHaveLength(3);
  });

  it('let a machine start itself for the shards of its maps, read manifests, and no more', () => {
    const policies = resourcesOf(dev, 'AWS::IAM::Policy');
    const machines = resourcesOf(dev, 'AWS::StepFunctions::StateMachine').filter(({ Properties }) =>
      JSON.stringify(Properties.DefinitionString).includes('DISTRIBUTED'),
    );
    expect(policies).toHaveLength(machines.length);
    const actions = rolesOf(dev)
      .filter(({ service }) => service === '')
      .flatMap(({ statements }) => statements.flatMap(({ Action }) => asList(Action)));
    expect(new Set(actions.filter((action) => !action.startsWith('kms:')))).toEqual(
      new Set([
        'states:StartExecution',
        'states:DescribeExecution',
        'states:StopExecution',
        'states:RedriveExecution',
        's3:GetObject',
      ]),
    );
  });

  it('have one Glue job: Spark 3.5 that grows from nothing, encrypted, without a network or repeats of its own', () => {
    expect(only(resourcesOf(dev, 'AWS::Glue::Job')).Properties).toEqual(
      matching({
        GlueVersion: '5.0',
        Command: matching({ Name: 'glueetl', PythonVersion: '3' }),
        WorkerType: 'G.1X',
        NumberOfWorkers: 10,
        MaxRetries: 0,
        Timeout: 240,
        ExecutionProperty: { MaxConcurrentRuns: 1 },
        SecurityConfiguration: expect.anything(),
        DefaultArguments: matching({ '--enable-auto-scaling': 'true' }),
      }),
    );
    const { Connections } = only(resourcesOf(dev, 'AWS::Glue::Job')).Properties;
    expect(Connections).toBeUndefined();
    const { EncryptionConfiguration } = only(resourcesOf(dev, 'AWS::Glue::SecurityConfiguration')).Properties;
    expect(JSON.stringify(EncryptionConfiguration).match(/"(SSE|CSE)-KMS"/g)).toHaveLength(3);
  });

  it('start and look after that job alone', () => {
    const starters = rolesOf(dev).flatMap(({ service, statements }) =>
      statements
        .filter(({ Action }) => asList(Action).some((action) => action.startsWith('glue:')))
        .map(({ Action, Resource }) => [service, Action, JSON.stringify(Resource)]),
    );
    expect(starters).toEqual([
      [
        'states.amazonaws.com',
        ['glue:StartJobRun', 'glue:GetJobRun'],
        expect.stringMatching(/:job\/.*"Ref"/),
      ],
    ]);
  });
});

describe('routes', () => {
  it('are those of the contract below /api, each behind the JWT authorizer unless it asks for nobody', () => {
    const routes = resourcesOf(dev, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
      Properties.AuthorizerId !== undefined,
    ]);
    const expected = endpoints.flatMap((endpoint) =>
      endpoint.routes.map(({ method, path }) => {
        const open = endpoint.caller === 'nobody';
        return [`${method} /api${path}`, open ? 'NONE' : 'JWT', !open];
      }),
    );
    expect(routes.sort()).toEqual(expected.sort());
    const open = routes.filter(([, type]) => type === 'NONE');
    expect(open.map(([key]) => key)).toEqual(['GET /api/personalization/health']);
  });

  it("trust the team's issuer where it has one, else a user pool with the groups and scopes of the contract", () => {
    const jwt = (synthesized: Synthesized) =>
      only(resourcesOf(synthesized, 'AWS::ApiGatewayV2::Authorizer')).Properties.JwtConfiguration;
    expect(jwt(prod)).toEqual({ Issuer: 'https://login.example.com/', Audience: ['attune', 'attune-jobs'] });
    expect(resourcesOf(prod, 'AWS::Cognito::UserPool')).toEqual([]);
    expect(JSON.stringify(jwt(dev))).toContain('https://cognito-idp.');
    const groups = resourcesOf(dev, 'AWS::Cognito::UserPoolGroup').map(
      ({ Properties }) => Properties.GroupName,
    );
    expect(groups.sort()).toEqual(['admin', 'service']);
    const { Properties } = only(resourcesOf(dev, 'AWS::Cognito::UserPoolResourceServer'));
    expect(Properties.Identifier).toBe('personalization');
    expect((Properties.Scopes as { ScopeName: string }[]).map(({ ScopeName }) => ScopeName)).toEqual([
      'service',
      'admin',
    ]);
  });

  it('are throttled and logged as JSON without tokens or bodies', () => {
    const { Properties } = only(resourcesOf(dev, 'AWS::ApiGatewayV2::Stage'));
    expect(Properties.DefaultRouteSettings).toEqual(
      matching({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }),
    );
    const { Format } = Properties.AccessLogSettings as { Format: string };
    expect(Object.keys(JSON.parse(Format) as object)).toContain('requestId');
    expect(Format).not.toMatch(/authorization|body/i);
  });

  it.each([
    ['dev', { ATTUNE_CALLER_RATE: '200', ATTUNE_CALLER_BURST: '400' }],
    ['capped', { ATTUNE_CALLER_RATE: '2.5', ATTUNE_CALLER_BURST: '10' }],
  ] as const)(
    'bound each caller on each instance: every function of an endpoint knows its limits (%s)',
    (name, limits) => {
      const functions = resourcesOf(loaded.scenarios[name], 'AWS::Lambda::Function').filter(
        ({ Properties }) => endpoints.some(({ summary }) => summary === Properties.Description),
      );
      expect(functions).toHaveLength(endpoints.length);
      for (const { Properties } of functions) {
        const { Variables } = Properties.Environment as { Variables: Record<string, string> };
        expect(Variables).toEqual(matching(limits));
      }
    },
  );

  it('open to browsers only from the origins that a team names', () => {
    expect(only(resourcesOf(dev, 'AWS::ApiGatewayV2::Api')).Properties.CorsConfiguration).toBeUndefined();
    const { CorsConfiguration } = only(resourcesOf(prod, 'AWS::ApiGatewayV2::Api')).Properties;
    expect(CorsConfiguration).toEqual(matching({ AllowOrigins: ['https://app.example.com'] }));
  });
});

describe('failures', () => {
  it('end in a dead-letter queue from every queue, every schedule and every asynchronous call', () => {
    const working = resourcesOf(dev, 'AWS::SQS::Queue').filter(
      ({ Properties }) => Properties.RedrivePolicy !== undefined,
    );
    expect(working).toHaveLength(1);
    for (const { Properties } of resourcesOf(dev, 'AWS::Scheduler::Schedule')) {
      expect((Properties.Target as { DeadLetterConfig: unknown }).DeadLetterConfig).toBeDefined();
    }
    const functions = resourcesOf(dev, 'AWS::Lambda::Function');
    const steps = functions.filter(({ Properties }) =>
      String(Properties.Description).startsWith('Night step'),
    );
    for (const { Properties } of steps) expect(Properties.DeadLetterConfig).toBeDefined();
  });

  it('of single messages are answered one by one, and a slow batch is not delivered twice', () => {
    const { Properties } = only(resourcesOf(dev, 'AWS::Lambda::EventSourceMapping'));
    expect(Properties).toEqual(matching({ FunctionResponseTypes: ['ReportBatchItemFailures'] }));
    const queue = resourcesOf(dev, 'AWS::SQS::Queue').find(
      (found) => found.Properties.RedrivePolicy !== undefined,
    );
    const worker = resourcesOf(dev, 'AWS::Lambda::Function').find((found) =>
      String(found.Properties.Description).startsWith('Folds'),
    );
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
      6 * Number(worker?.Properties.Timeout),
    );
  });

  it('raise an alarm for each dead-letter queue, the API, the table and each job', () => {
    const alarms = resourcesOf(dev, 'AWS::CloudWatch::Alarm');
    const metrics = alarms.map(({ Properties }) => Properties.MetricName);
    const deadLetters = resourcesOf(dev, 'AWS::SQS::Queue').filter(
      ({ Properties }) => !Properties.RedrivePolicy,
    );
    const count = (metric: string) => metrics.filter((found) => found === metric).length;
    expect(count('ApproximateNumberOfMessagesVisible')).toBe(deadLetters.length);
    expect(count('ApproximateAgeOfOldestMessage')).toBe(1);
    expect(count('ExecutionsFailed')).toBe(jobs.length);
    expect(metrics).toEqual(
      expect.arrayContaining(['5xx', 'Latency', 'ReadThrottleEvents', 'WriteThrottleEvents']),
    );
  });

  it('are announced with a sentence of impact and an article of the runbook', () => {
    const runbook = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
    const articles = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    for (const { Properties, where } of resourcesOf(dev, 'AWS::CloudWatch::Alarm')) {
      expect([where, Properties.AlarmActions]).toEqual([where, [expect.anything()]]);
      const [, impact = '', article = ''] =
        /^(.+\.) Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(String(Properties.AlarmDescription)) ?? [];
      expect(impact.length).toBeGreaterThan(20);
      expect(articles).toContain(article);
    }
  });

  it('may be announced: topic and key let CloudWatch in', () => {
    type Allow = { Effect: string; Principal: { Service?: unknown }; Action: string | string[] };
    const allowed = (document: unknown) =>
      (document as { Statement: Allow[] }).Statement.filter(
        ({ Effect, Principal }) => Effect === 'Allow' && Principal.Service === 'cloudwatch.amazonaws.com',
      ).flatMap(({ Action }) => Action);
    expect(allowed(only(resourcesOf(dev, 'AWS::SNS::TopicPolicy')).Properties.PolicyDocument)).toEqual([
      'sns:Publish',
    ]);
    expect(allowed(only(resourcesOf(dev, 'AWS::KMS::Key')).Properties.KeyPolicy)).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey*',
    ]);
  });

  it('reach the mailbox that a team names', () => {
    expect(only(resourcesOf(prod, 'AWS::SNS::Subscription')).Properties).toEqual(
      matching({ Protocol: 'email', Endpoint: 'ops@example.com' }),
    );
  });
});

describe('size', () => {
  it('stays far below 500 resources per template with 80 endpoints', () => {
    expect(manyEndpoints.length).toBeGreaterThanOrEqual(80);
    const sizesOf = ({ templates }: Synthesized) =>
      templates.map(({ resources }) => Object.keys(resources).length);
    const sizes = sizesOf(loaded.scenarios.many);
    expect(Math.max(...sizes, ...sizesOf(dev))).toBeLessThan(250);
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(500);
  });

  it('keeps every role below the 10,240 characters of inline policies', () => {
    for (const { where, statements } of rolesOf(loaded.scenarios.many)) {
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
    expect(loaded.refusals[name]).toMatch(message);
  });
});
