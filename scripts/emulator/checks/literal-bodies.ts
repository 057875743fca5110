import { setTimeout as sleep } from 'node:timers/promises';
import { type LiteralRequest, literalRows, replay } from '../../literal-bodies/replay.ts';
import { callApi } from '../api-client.ts';

/**
 * Sends every request of the contract's tables, as they are written there, as an administrator, who may do all, for the user `ada`. Works against
 * any API: the emulator's, or a local server. Answers how many there are; throws naming those that were not answered by 2xx.
 */
export const checkLiteralBodies = async (apiUrl: string, token: string): Promise<number> => {
  const rows = literalRows();
  const send = ({ path, method, as, body }: LiteralRequest) =>
    callApi<unknown>(apiUrl, path, {
      method,
      body,
      ...(as === 'nobody' ? {} : { token, headers: { 'x-user-id': 'ada' } }),
    });
  const faults = await replay(rows, { send, wait: (seconds) => sleep(seconds * 1_000) }, Date.now());
  if (faults.length > 0) throw new Error(faults.join('\n     '));
  return rows.length;
};
