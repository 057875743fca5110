import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sqsClient } from '../../adapters/queue/client.ts';
import { interactionQueue } from '../../adapters/queue/interaction-queue.ts';
import { newDataDir, type RunningServer, removeDataDir, startServer } from './support/start-server.ts';
import { until } from './support/until.ts';

const dataDir = newDataDir();
let server: RunningServer;

beforeAll(async () => {
  server = await startServer(dataDir, { ATTUNE_SEED: 'off' });
});
afterAll(async () => {
  await server.kill('SIGTERM');
  removeDataDir(dataDir);
});

it('puts a message that cannot be handled aside after its deliveries, and handles the ones beside it', async () => {
  const { sqs, queueUrl } = server.endpoints();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const good = {
    version: 1,
    batchId: 'b',
    receivedAt: Date.now(),
    groups: [
      { userId: 'ada', interactions: [{ interactionId: 'i-1', type: 'view', occurredAt: Date.now() }] },
    ],
  };
  await interactionQueue({ client: sqsClient(), queueUrl }).sendBatches([{ version: 1, poison: true }, good]);
  const token = await server.token('ada');
  const tracked = async () =>
    (await server.send('GET', '/personalization/interactions/ada', { token })).body.items;
  expect(await until(tracked, (items) => items?.length > 0)).toMatchObject([{ interactionId: 'i-1' }]);
  const depth = async () => (await server.send('GET', '/local/queue')).body;
  expect(await until(depth, ({ deadLetters }) => deadLetters > 0, 60)).toEqual({
    waiting: 0,
    inFlight: 0,
    deadLetters: 1,
  });
}, 90_000);
