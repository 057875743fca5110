import { Server } from 'node:net';
import { workerData } from 'node:worker_threads';
import { startFauxqs } from 'fauxqs';
import { answerQuestions } from './answer-questions.ts';

const { dataDir, region } = workerData as { readonly dataDir: string; readonly region: string };

// fauxqs always binds to every interface, and has no authentication: keep it on the loopback address.
const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, options: object, ...rest: never[]) {
  return listen.call(this, { ...options, host: '127.0.0.1' }, ...rest);
} as typeof listen;

const server = await startFauxqs({ port: 0, logger: false, dataDir, defaultRegion: region });
answerQuestions(server.port, { close: () => server.stop() });
