import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { createTableInput } from '../../adapters/dynamodb/create-table.ts';
import type { TestTable } from './dynalite.ts';

type Command = { constructor: { name: string }; input: unknown };

/** The embedded store checks that a request is signed, not how. */
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=test',
  'x-amz-date': '20260101T000000Z',
};

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

/** The wire format: JSON with binary as base64. */
const toWire = (input: unknown): string =>
  JSON.stringify(input, function (this: Record<string, unknown>, key, value) {
    const original = this[key];
    return isBytes(original) ? Buffer.from(original).toString('base64') : value;
  });

const fromWire = (text: string): Record<string, unknown> =>
  JSON.parse(text, (key, value) =>
    key === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
  );

/** Hands a request to the server's own listener, without a socket between them. */
const exchange = (
  server: EventEmitter,
  target: string,
  body: string,
): Promise<{ status: number; body: string }> =>
  new Promise((resolve) => {
    const headers = { ...HEADERS, 'x-amz-target': `DynamoDB_20120810.${target}` };
    const request = Object.assign(new EventEmitter(), { method: 'POST', headers, url: '/' });
    const response = {
      statusCode: 200,
      setHeader: () => undefined,
      end(text: string) {
        resolve({ status: this.statusCode, body: text });
      },
    };
    server.emit('request', request, response);
    request.emit('data', Buffer.from(body));
    request.emit('end');
  });

const faultFrom = (body: Record<string, unknown>): Error =>
  Object.assign(new Error(String(body.message ?? body.Message ?? '')), {
    name: String(body.__type).split('#').at(-1),
  });

/**
 * A fresh table on a dynalite without sockets, signatures and the SDK's middleware: several times as many calls a
 * second, for properties that need tens of thousands of them. Commands in and answers out are those of the client;
 * the contract suite covers the real one.
 */
export const inProcessTable = async (): Promise<TestTable> => {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  const send = async (command: Command): Promise<Record<string, unknown>> => {
    const target = command.constructor.name.replace(/Command$/, '');
    const { status, body } = await exchange(server, target, toWire(command.input));
    const answer = fromWire(body);
    if (status !== 200) throw faultFrom(answer);
    return answer;
  };
  await exchange(server, 'CreateTable', toWire(createTableInput('attune-test')));
  while (
    !(await exchange(server, 'DescribeTable', toWire({ TableName: 'attune-test' }))).body.includes('ACTIVE')
  ) {
    await nextTurn();
  }
  const client = { send } as unknown as DynamoDBClient;
  return { client, tableName: 'attune-test', close: async () => undefined };
};
