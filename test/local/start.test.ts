import { afterAll, describe, expect, it } from '@jest/globals';
import { newDataDir, removeDataDir, startServer } from './support/start-server.ts';

const dataDir = newDataDir();
afterAll(() => removeDataDir(dataDir));

describe('start', () => {
  it('says what is wrong when another server uses the data folder or the port, and leaves that one alone', async () => {
    const server = await startServer(dataDir, { ATTUNE_SEED: 'off' });
    const other = newDataDir();
    const { port } = new URL(server.url);
    await Promise.all([
      expect(startServer(dataDir)).rejects.toThrow(/data folder .* cannot be opened/),
      expect(startServer(other, { PORT: port })).rejects.toThrow('The port is taken'),
      expect(startServer(other, { PORT: 'eighty' })).rejects.toThrow('PORT must be a whole number'),
    ]);
    expect((await server.send('GET', '/personalization/health')).status).toBe(200);
    await server.kill('SIGTERM');
    removeDataDir(other);
  });

  it('starts on a folder whose server is just ending', async () => {
    const first = await startServer(dataDir, { ATTUNE_SEED: 'off' });
    const port = new URL(first.url).port;
    const ending = first.kill('SIGTERM');
    const second = await startServer(dataDir, { ATTUNE_SEED: 'off', PORT: port });
    await ending;
    expect((await second.send('GET', '/personalization/health')).status).toBe(200);
    await second.kill('SIGTERM');
  });
});
