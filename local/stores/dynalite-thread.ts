import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { answerQuestions } from './answer-questions.ts';
import { createMeter } from './meter.ts';

type Settings = { readonly path: string; readonly metered: boolean };

const CONNECTION_FAULTS = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

// dynalite rethrows the error event of a request whose client hung up (an SDK time-out), which would end the store.
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  if (error.code && CONNECTION_FAULTS.has(error.code)) return;
  throw error;
});

/** dynalite opens its files with the first request and says nothing when it cannot: ask it something. */
const opened = async (port: number): Promise<void> => {
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/b/c/dynamodb/aws4_request, SignedHeaders=host, Signature=d',
    },
    body: '{}',
  });
  if (!response.ok) throw new Error(`dynalite answers ${response.status}: ${await response.text()}`);
};

const { path, metered } = workerData as Settings;
const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.keepAliveTimeout = 60_000;
const meter = createMeter();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
await opened(port);
if (metered) server.prependListener('request', meter.watch);
answerQuestions(port, {
  meter: meter.read,
  close: () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  },
});
