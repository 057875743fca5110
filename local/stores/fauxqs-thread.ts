import { existsSync } from 'node:fs';
import { Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import { startFauxqs } from 'fauxqs';
import { answerQuestions } from './answer-questions.ts';

const { dataDir, region } = workerData as { readonly dataDir: string; readonly region: string };

// fauxqs always binds to every interface, and has no authentication: keep it on the loopback address.
const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, options: object, ...rest: never[]) {
  return listen.call(this, { ...options, host: '127.0.0.1' }, ...rest);
} as typeof listen;

/**
 * Makes the messages visible again that the queue worker held when the server ended: it ran in the same process, so nobody
 * holds them now, and the delivery that was cut off does not count.
 */
const releaseHeldMessages = (): void => {
  const file = join(dataDir, 'fauxqs.db');
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  database.exec(`UPDATE sqs_messages
    SET receipt_handle = NULL, visibility_deadline = NULL, approximate_receive_count = approximate_receive_count - 1
    WHERE receipt_handle IS NOT NULL AND approximate_receive_count > 0`);
  database.close();
};

releaseHeldMessages();
const server = await startFauxqs({ port: 0, logger: false, dataDir, defaultRegion: region });
answerQuestions(server.port, { close: () => server.stop() });
