import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLiteralBodies } from '../../scripts/emulator/checks/literal-bodies.ts';
import { literalRows } from '../../scripts/literal-bodies/replay.ts';
import { newDataDir, removeDataDir, startServer } from './support/start-server.ts';

const dataDir = newDataDir();
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer(dataDir, { ATTUNE_SEED: 'off', ATTUNE_SCHEDULE: 'off' });
});
afterAll(async () => {
  await server.kill('SIGTERM');
  removeDataDir(dataDir);
});

describe('every request of the contract, as it is written there', () => {
  it('is answered by 2xx over HTTP, and again', async () => {
    const response = await fetch(`${new URL(server.url).origin}/local/token`, {
      method: 'POST',
      body: JSON.stringify({ sub: 'root', scope: 'personalization/admin' }),
    });
    const { token } = (await response.json()) as { token: string };
    for (const _ of ['first', 'again'])
      expect(await checkLiteralBodies(server.url, token)).toBe(literalRows().length);
  });
});
