import { afterAll, describe, expect, it } from '@jest/globals';
import { newDataDir, type RunningServer, removeDataDir, startServer } from './support/start-server.ts';

const dataDir = newDataDir();
afterAll(() => removeDataDir(dataDir));

const body = {
  key: 'quiet-dashboard',
  name: 'A quieter dashboard',
  variants: [
    { key: 'control', weight: 0.5 },
    { key: 'quiet', weight: 0.5 },
  ],
  endDate: new Date(Date.now() - 1_000).toISOString(),
  status: 'running',
};

const told = async (server: RunningServer) =>
  (await server.send('GET', '/local/events')).body.items.map(
    ({ detail }: { detail: { from: string; to: string } }) => [detail.from, detail.to],
  );

describe('GET /local/events', () => {
  it('answers what requests and jobs told, newest first, also after a restart', async () => {
    const server = await startServer(dataDir, { ATTUNE_SEED: 'off' });
    const token = await server.token('root', 'personalization/admin');
    expect(await told(server)).toEqual([]);
    expect((await server.send('POST', '/personalization/experiments', { token, body })).status).toBe(201);
    const run = await server.send('POST', '/local/run/evaluate-experiments');
    expect(run.body.steps).toMatchObject([{ result: { experiments: 1, evaluated: 1, statusChanges: 1 } }]);
    const expected = [
      ['keep running', 'no difference'],
      ['running', 'completed'],
      [null, 'running'],
    ];
    expect(await told(server)).toEqual(expected);
    await server.kill('SIGTERM');
    const again = await startServer(dataDir, { ATTUNE_SEED: 'off' });
    expect(await told(again)).toEqual(expected);
    await again.kill('SIGTERM');
  }, 60_000);
});
