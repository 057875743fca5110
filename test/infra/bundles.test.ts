import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { functionsOf, jobs } from '../../contracts/nights.ts';
import { endpoints } from '../../contracts/registry.ts';
import type { Access } from '../../lib/config/access.ts';
import { endpointGrants } from '../../lib/config/endpoint-grants.ts';
import { apiEntry, jobEntry, workerEntry } from '../../lib/config/entries.ts';
import type { Asked, Question } from './support/ask-as-lambda.ts';

type Loaded = { entry: string; bytes: number; handler: string };

/** design.md section 9: an API function with the SDK in it, minified. */
const API_LIMIT_BYTES = 450_000;

/** As in Lambda: nothing of the project is within reach, and of the environment only what CDK and Lambda give. */
const environment = {
  PATH: process.env.PATH,
  ATTUNE_TABLE: 'table',
  ATTUNE_STAGE: 'test',
  AWS_REGION: 'eu-west-1',
};
const forAws = {
  ...environment,
  ATTUNE_BUCKET: 'bucket',
  ATTUNE_EVENT_BUS: 'bus',
  ATTUNE_BEDROCK_MODEL: 'eu.amazon.nova-micro-v1:0',
  ATTUNE_INTERACTIONS_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/interactions',
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
};

const folder = mkdtempSync(join(tmpdir(), 'attune-bundles-'));
let loaded: Loaded[] = [];
let asked: Record<Question, Asked>;

const run = (script: string, env: NodeJS.ProcessEnv, ...args: string[]): string =>
  execFileSync(process.execPath, [join(import.meta.dirname, 'support', script), folder, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  }).toString();

beforeAll(() => {
  loaded = JSON.parse(run('load-bundles.ts', environment)) as Loaded[];
  const file = join(folder, 'asked.json');
  run('ask-as-lambda.ts', forAws, file);
  asked = JSON.parse(readFileSync(file, 'utf8')) as typeof asked;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('bundles', () => {
  it('are made for every endpoint, worker and step that CDK will look for', () => {
    const steps = new Set(jobs.flatMap((job) => functionsOf(job).map(({ name }) => jobEntry(name))));
    const expected = [
      ...endpoints.map(({ operationId }) => apiEntry(operationId)),
      workerEntry('interactions'),
      workerEntry('insights'),
      ...steps,
    ];
    expect(loaded.map(({ entry }) => entry)).toEqual(expect.arrayContaining(expected));
  });

  it('load without the project around them and export a handler', () => {
    expect(loaded.filter(({ handler }) => handler !== 'function')).toEqual([]);
  });

  it('of the API are at most 450 KB each', () => {
    const tooLarge = loaded.filter(({ entry, bytes }) => entry.startsWith('api/') && bytes > API_LIMIT_BYTES);
    expect(tooLarge).toEqual([]);
  });
});

/** What speaks to a service has a client of it, by these words of its protocol; the table and the bucket are in all that reads them. */
const clients = {
  events: 'AWSEvents',
  queues: 'AmazonSQS',
  bedrock: 'AmazonBedrockFrontendService',
} as const;

describe('bundles of endpoints and their permissions', () => {
  const holding = (word: string): string[] =>
    endpoints
      .filter(({ operationId }) =>
        readFileSync(join(folder, apiEntry(operationId), 'index.mjs'), 'utf8').includes(word),
      )
      .map(({ operationId }) => operationId);
  const granted = (of: (access: Access) => unknown): string[] =>
    endpoints
      .filter(({ operationId }) => of(endpointGrants[operationId] ?? { table: 'none' }))
      .map(({ operationId }) => operationId);

  it('name the same services: no endpoint speaks to a service that it may not use, none may use one that it never asks', () => {
    expect(holding(clients.events)).toEqual(granted(({ events }) => events));
    expect(holding(clients.queues)).toEqual(granted(({ queue, insights }) => queue ?? insights));
    expect(holding(clients.bedrock)).toEqual(granted(({ bedrock }) => bedrock));
  });
});

/** The SDK in them is cut down (scripts/bundle/lean-sdk.ts); emulators are told their address, AWS has to be found. */
describe('bundles on AWS', () => {
  const statusOf = ({ answer }: Asked) => (answer as { statusCode: number }).statusCode;
  const hostsOf = ({ sent }: Asked) => [...new Set(sent.map(({ host }) => host))].sort();

  it('find every service in the region of the environment', () => {
    const table = 'dynamodb.eu-west-1.amazonaws.com';
    expect(hostsOf(asked.read)).toEqual([table]);
    expect(hostsOf(asked.queue)).toEqual([table, 'sqs.eu-west-1.amazonaws.com']);
    expect(hostsOf(asked.events)).toEqual([table, 'events.eu-west-1.amazonaws.com']);
    expect(hostsOf(asked.bucket)).toEqual(['bucket.s3.eu-west-1.amazonaws.com']);
    expect([statusOf(asked.read), statusOf(asked.queue), statusOf(asked.events)]).toEqual([404, 200, 201]);
  });

  it('call the model of the settings by Converse, with its answer forced into the form of a text', () => {
    const { sent, answer } = asked.model;
    const calls = sent.filter(({ host }) => host === 'bedrock-runtime.eu-west-1.amazonaws.com');
    expect(calls.map(({ path }) => decodeURIComponent(path))).toEqual([
      '/model/eu.amazon.nova-micro-v1:0/converse',
    ]);
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
      messages: [{ role: 'user', content: [{ text: expect.stringContaining('Learn to weld') }] }],
      toolConfig: { tools: [expect.anything()], toolChoice: expect.anything() },
    });
    // An answer without a text is noted on its slot, and the message is done.
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it("sign with the role's credentials for service and region, session token included", () => {
    for (const { sent } of Object.values(asked))
      for (const { host, authorization, token } of sent) {
        const [service] = host.replace('bucket.', '').replace('-runtime', '').split('.');
        const scope = new RegExp(`Credential=ASIAEXAMPLE/\\d{8}/eu-west-1/${service}/aws4_request,`);
        expect([host, authorization]).toEqual([host, expect.stringMatching(scope)]);
        expect(authorization).toMatch(/SignedHeaders=[^,]*x-amz-security-token/);
        expect(token).toBe('session');
      }
  });

  it('ask again where they are throttled', () => {
    expect(statusOf(asked.throttled)).toBe(404);
    expect(asked.throttled.sent).toHaveLength(asked.read.sent.length + 1);
  });

  it.each([
    ['denied', 'AccessDeniedException'],
    ['foreign', 'TableNotFoundException'],
  ] as const)(
    'log a fault by its name, also one that the SDK in them does not know: %s',
    (question, name) => {
      expect(statusOf(asked[question])).toBe(500);
      expect(asked[question].sent).toHaveLength(1);
      expect(asked[question].logged).toContain(`"name":"${name}"`);
      expect(JSON.stringify(asked[question].answer)).not.toContain(name);
    },
  );

  it('log what went wrong here by its name too', () => {
    expect(asked.events.logged).toContain('"name":"Unavailable"');
  });
});
