import { beforeAll, describe, expect, it } from '@jest/globals';
import { table } from '../../../adapters/dynamodb/table.ts';
import { asList, only, resourcesOf } from '../support/scenarios.ts';
import type { Synthesized } from '../support/synthesize.ts';
import { matching, scenarios } from './stacks.ts';

describe('cdk-nag', () => {
  let dev: Synthesized;
  let prod: Synthesized;
  beforeAll(() => {
    ({ dev, prod } = scenarios());
  });

  it('leaves no finding of the AwsSolutions and Serverless packs without a fix or a reason', () => {
    expect(dev.findings).toEqual([]);
    expect(prod.findings).toEqual([]);
    expect(scenarios().many.findings).toEqual([]);
    expect(scenarios().capped.findings).toEqual([]);
  });

  it('would find a bucket without TLS and logs', () => {
    const rules = scenarios().spoilt.findings;
    expect(rules).toContainEqual(expect.stringContaining('AwsSolutions-S10'));
    expect(rules).toContainEqual(expect.stringContaining('AwsSolutions-S1 '));
  });
});

describe('data at rest', () => {
  let dev: Synthesized;
  let prod: Synthesized;
  beforeAll(() => {
    ({ dev, prod } = scenarios());
  });

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
