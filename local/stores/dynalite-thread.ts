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

const { path, metered } = workerData as Settings;
const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.keepAliveTimeout = 60_000;
const meter = createMeter();
if (metered) server.prependListener('request', meter.watch);
server.listen(0, '127.0.0.1', () => {
  answerQuestions((server.address() as AddressInfo).port, {
    meter: meter.read,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  });
});
