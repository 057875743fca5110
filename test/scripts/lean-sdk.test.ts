import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { conditionEngine } from '../../adapters/conditions/condition-engine.ts';
import type { Json, RuleData } from '../../core/rules/types.ts';
import {
  withoutForeignConditions,
  withoutForeignFaults,
  withoutRegionNames,
  withoutUnreached,
} from '../../scripts/bundle/lean-sdk.ts';

/** What the plugins leave of a few lines that use a package, as a module's source. */
const bundled = async (contents: string): Promise<{ text: string; inputs: string[] }> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'js' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [withoutForeignFaults, withoutUnreached, withoutForeignConditions, withoutRegionNames],
  });
  const inputs = Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {});
  return {
    text: outputFiles[0]?.text ?? '',
    inputs: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path),
  };
};

const run = (text: string): Record<string, never> => {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', text)(module, module.exports, createRequire(import.meta.url));
  return module.exports;
};

describe("the table's client in the bundles", () => {
  let sdk: { text: string; inputs: string[] };
  beforeAll(async () => {
    sdk = await bundled(`
      import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
      exports.answeredBy = async (status, body) => {
        const headers = { 'content-type': 'application/x-amz-json-1.0' };
        const client = new DynamoDBClient({
          region: 'eu-west-1',
          credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
          maxAttempts: 1,
          requestHandler: {
            handle: async (request) => ({
              response: { statusCode: status, headers, body: new Blob([JSON.stringify(body)]).stream() },
            }),
          },
        });
        return client.send(new PutItemCommand({ TableName: 't', Item: { PK: { S: 'x' } } }));
      };
      exports.hostIn = (region) => new Promise((resolve, reject) => {
        const handle = async ({ hostname }) => {
          resolve(hostname);
          throw new Error('nothing is sent');
        };
        const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
        const client = new DynamoDBClient({ region, credentials, maxAttempts: 1, requestHandler: { handle } });
        client.send(new PutItemCommand({ TableName: 't', Item: { PK: { S: 'x' } } })).catch(reject);
      });`);
  });

  const fault = async (name: string, more: object = {}) => {
    const { answeredBy } = run(sdk.text) as never as {
      answeredBy: (status: number, body: object) => Promise<unknown>;
    };
    return answeredBy(400, {
      __type: `com.amazonaws.dynamodb.v20120810#${name}`,
      message: 'no',
      ...more,
    }).then(
      () => undefined,
      (error: Error & { Item?: object }) => error,
    );
  };

  it('knows the faults that the adapters ask for, with what they carry', async () => {
    expect(await fault('ConditionalCheckFailedException', { Item: { PK: { S: 'x' } } })).toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { PK: { S: 'x' } },
    });
    for (const name of ['ProvisionedThroughputExceededException', 'ThrottlingException'])
      expect(await fault(name)).toMatchObject({ name });
  });

  it('names every other fault as well', async () => {
    for (const name of ['BackupInUseException', 'TableInUseException', 'ValidationException'])
      expect(await fault(name)).toMatchObject({ name });
    expect(sdk.text).not.toContain('BackupInUseException');
  });

  it.each([
    ['us-east-1', 'dynamodb.us-east-1.amazonaws.com'],
    ['mx-central-1', 'dynamodb.mx-central-1.amazonaws.com'],
    ['cn-northwest-1', 'dynamodb.cn-northwest-1.amazonaws.com.cn'],
    ['us-gov-east-1', 'dynamodb.us-gov-east-1.amazonaws.com'],
    ['eusc-de-east-1', 'dynamodb.eusc-de-east-1.amazonaws.eu'],
  ])('finds the table in %s without a list of regions', async (region, host) => {
    const { hostIn } = run(sdk.text) as never as { hostIn: (region: string) => Promise<string> };
    expect(await hostIn(region)).toBe(host);
    expect(sdk.text).not.toContain('Frankfurt');
  });

  it('signs requests without the parts that Lambda does not need', () => {
    const left = sdk.inputs.filter((path) => /obliterator|sha256\/constants/.test(path));
    expect(left).toEqual([]);
  });
});

describe("the queues' client in the bundles", () => {
  it('sends, and names every fault', async () => {
    const { text } = await bundled(`
      import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
      exports.answeredBy = async (status, body) => {
        const headers = { 'content-type': 'application/x-amz-json-1.0' };
        const handle = async () => ({
          response: { statusCode: status, headers, body: new Blob([JSON.stringify(body)]).stream() },
        });
        const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
        const client = new SQSClient({
          useQueueUrlAsEndpoint: false,
          region: 'eu-west-1', credentials, maxAttempts: 1, requestHandler: { handle } });
        const Entries = [{ Id: '0', MessageBody: 'x' }];
        return client.send(new SendMessageBatchCommand({ QueueUrl: 'https://q', Entries }));
      };`);
    expect(text).not.toContain('PurgeQueueInProgress');
    const { answeredBy } = run(text) as never as {
      answeredBy: (status: number, body: object) => Promise<object>;
    };
    const Failed = [{ Id: '0', SenderFault: false, Code: 'InternalError' }];
    expect(await answeredBy(200, { Successful: [], Failed })).toMatchObject({ Failed });
    for (const name of ['QueueDoesNotExist', 'RequestThrottled', 'KmsAccessDenied'])
      await expect(
        answeredBy(400, { __type: `com.amazonaws.sqs#${name}`, message: 'no' }),
      ).rejects.toMatchObject({
        name,
      });
  });
});

describe('the engine of conditions in the bundles', () => {
  it('computes the same without its asynchronous half', async () => {
    const { text } = await bundled(`
      import { LogicEngine } from 'json-logic-engine';
      exports.ask = (logic, data) => new LogicEngine().build(logic)(data);`);
    expect(text).not.toMatch(/asyncMethod: async/);
    const { ask } = run(text) as never as { ask: (logic: unknown, data: unknown) => unknown };
    const data = { list: [1, 2, 3], name: 'ada', user: { plan: 'pro' } };
    const cases: [unknown, unknown][] = [
      [{ and: [{ '==': [{ var: 'user.plan' }, 'pro'] }, { in: ['ad', { var: 'name' }] }] }, true],
      [{ some: [{ var: 'list' }, { '>': [{ var: '' }, 2] }] }, true],
      [{ all: [{ var: 'list' }, { '>': [{ var: '' }, 2] }] }, false],
      [{ reduce: [{ var: 'list' }, { '+': [{ var: 'current' }, { var: 'accumulator' }] }, 0] }, 6],
      [
        { map: [{ filter: [{ var: 'list' }, { '>': [{ var: '' }, 1] }] }, { '*': [{ var: '' }, 2] }] },
        [4, 6],
      ],
      [{ if: [{ missing: ['user.plan', 'x'] }, { cat: ['no ', { var: 'name' }] }, 1] }, 'no ada'],
      [{ missing_some: [1, ['x', 'y']] }, ['x', 'y']],
    ];
    for (const [logic, expected] of cases) expect([logic, ask(logic, data)]).toEqual([logic, expected]);
  });

  it("computes every vector of conditions as the whole engine's adapter does", async () => {
    const { text } = await bundled(`
      import { conditionEngine } from './adapters/conditions/condition-engine.ts';
      exports.met = (condition, data) => conditionEngine().compile(condition)(data);`);
    expect(text).not.toMatch(/checkIdioms|eachKey/);
    const { met } = run(text) as never as { met: (condition: Json, data: RuleData) => unknown };
    const file = new URL('../vectors/conditions.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
      cases: { name: string; condition: Json; data: RuleData }[];
    };
    const whole = conditionEngine();
    for (const { name, condition, data } of cases)
      expect([name, met(condition, data)]).toEqual([name, whole.compile(condition)(data)]);
  });
});
