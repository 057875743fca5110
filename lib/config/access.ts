import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { table } from '../../adapters/dynamodb/table.ts';
import { bedrockEnvironment, bedrockStatements, textEnvironment } from './bedrock.ts';
import type { InsightSettings } from './insight-settings.ts';
import type { Queues, SharedResources } from './platform.ts';

/** What one function may touch. Everything else is denied to it. */
export type Access = {
  readonly table: 'read' | 'write' | 'none';
  /** Walks the whole table: for the nights only, never on the way of a request. */
  readonly scan?: true;
  /** `send` puts interactions on their queue; `inspect` only reads the queue's depth. */
  readonly queue?: 'send' | 'inspect';
  /** Puts requests for texts on their queue. */
  readonly insights?: 'send';
  /** Calls the model that writes texts, where the stack has one. */
  readonly bedrock?: true;
  /** Models and exports; `write` includes reading them. */
  readonly bucket?: 'read' | 'write';
  /** Puts events on the bus that others listen to. */
  readonly events?: 'publish';
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
};

/** The only folders of the bucket that functions reach. */
export const bucketPrefixes = ['exports', 'models'] as const;

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const writeActions = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
];

/** The partition that holds the key of tamper-evident cursors, made by whichever function needs it first. */
const SETTINGS_PARTITION = 'SETTINGS';

const allow = (props: PolicyStatementProps): PolicyStatement => new PolicyStatement(props);

const tableStatements = (access: Access, tableArn: string): PolicyStatement[] => {
  if (access.table === 'none') return [];
  const indexArns = Object.values(table.indexes).map((index) => `${tableArn}/index/${index.name}`);
  const read = allow({ sid: 'ReadTable', actions: readActions, resources: [tableArn, ...indexArns] });
  const scan = access.scan
    ? [allow({ sid: 'ScanTable', actions: ['dynamodb:Scan'], resources: [tableArn] })]
    : [];
  const write =
    access.table === 'write'
      ? allow({ sid: 'WriteTable', actions: writeActions, resources: [tableArn] })
      : allow({
          sid: 'MakeCursorKey',
          actions: ['dynamodb:PutItem'],
          resources: [tableArn],
          conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [SETTINGS_PARTITION] } },
        });
  return [read, write, ...scan];
};

const addressOf = (queues: Partial<Queues>, name: keyof Queues) => {
  const address = queues[name];
  if (address === undefined) throw new Error(`a function that uses the queue ${name} needs its address`);
  return address;
};

const queueActions = {
  send: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
  inspect: ['sqs:GetQueueAttributes'],
} as const;

const interactionStatements = ({ queue }: Access, queues: Partial<Queues>): PolicyStatement[] => {
  if (queue === undefined) return [];
  const { arn } = addressOf(queues, 'interactions');
  return [allow({ sid: 'UseQueue', actions: [...queueActions[queue]], resources: [arn] })];
};

const insightStatements = ({ insights }: Access, queues: Partial<Queues>): PolicyStatement[] => {
  if (insights === undefined) return [];
  const { arn } = addressOf(queues, 'insights');
  return [allow({ sid: 'AskForTexts', actions: ['sqs:SendMessage'], resources: [arn] })];
};

const bucketStatements = (access: Access, bucketArn: string): PolicyStatement[] => {
  if (access.bucket === undefined) return [];
  const objects = bucketPrefixes.map((prefix) => `${bucketArn}/${prefix}/*`);
  const actions =
    access.bucket === 'write'
      ? ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload']
      : ['s3:GetObject'];
  const list = allow({ sid: 'ListObjects', actions: ['s3:ListBucket'], resources: [bucketArn] });
  return [allow({ sid: 'UseObjects', actions, resources: objects }), list];
};

/** EventBridge itself encrypts what is put: the function needs no key for it. */
const eventStatements = (access: Access, busArn: string): PolicyStatement[] =>
  access.events === undefined
    ? []
    : [allow({ sid: 'PublishEvents', actions: ['events:PutEvents'], resources: [busArn] })];

/** Data keys are used only through the services that hold the data, never directly. */
const keyStatements = (access: Access, keyArn: string): PolicyStatement[] => {
  const services = [
    ...(access.table === 'none' ? [] : ['dynamodb']),
    ...(access.queue === 'send' || access.insights === 'send' ? ['sqs'] : []),
    ...(access.bucket === undefined ? [] : ['s3']),
  ];
  if (services.length === 0) return [];
  return [useKey(keyArn, services)];
};

/** Use of the data key through the named services (`sqs`, `dynamodb`, ...) of this region. */
export const useKey = (keyArn: string, services: readonly string[], sid = 'UseKey'): PolicyStatement =>
  allow({
    sid,
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resources: [keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${Aws.REGION}.amazonaws.com`) },
    },
  });

/** What a function's access is made of: the shared parts, the queues it is shown, and the settings of texts. */
export type AccessParts = {
  readonly resources: SharedResources;
  readonly queues: Partial<Queues>;
  readonly insights: InsightSettings;
};

/** The policy of one function, with exact actions and resources. */
export const accessStatements = (
  access: Access,
  { resources, queues, insights }: AccessParts,
): PolicyStatement[] => [
  ...tableStatements(access, resources.tableArn),
  ...interactionStatements(access, queues),
  ...insightStatements(access, queues),
  ...(access.bedrock ? bedrockStatements(insights.model) : []),
  ...bucketStatements(access, resources.bucketArn),
  ...eventStatements(access, resources.eventBusArn),
  ...keyStatements(access, resources.keyArn),
];

/** The environment that goes with the same access: a function is told only about what it may use. */
export const accessEnvironment = (
  access: Access,
  { resources, queues, insights }: AccessParts,
): Record<string, string> => ({
  ATTUNE_TABLE: resources.tableName,
  ...(access.queue === undefined
    ? {}
    : { ATTUNE_INTERACTIONS_QUEUE_URL: addressOf(queues, 'interactions').url }),
  ...(access.insights === undefined ? {} : { ATTUNE_INSIGHTS_QUEUE_URL: addressOf(queues, 'insights').url }),
  ...(access.insights === undefined && access.bedrock === undefined ? {} : textEnvironment(insights)),
  ...(access.bedrock === undefined ? {} : bedrockEnvironment(insights.model)),
  ...(access.bucket === undefined ? {} : { ATTUNE_BUCKET: resources.bucketName }),
  ...(access.events === undefined ? {} : { ATTUNE_EVENT_BUS: resources.eventBusName }),
});
