import { describe, expect, it } from '@jest/globals';
import { checkHealth } from '../../../core/health/check-health.ts';

const good = { model: async () => ({ version: 1 }), queue: async () => {} };
const fails = async () => {
  throw new TypeError('secret words');
};

describe('the health of the engine', () => {
  it('is ok when everything answers, degraded before the first model', async () => {
    expect((await checkHealth(good)).status).toBe('ok');
    const { status, checks } = await checkHealth({ ...good, model: async () => undefined });
    expect([status, checks.models.status, checks.table.status]).toEqual(['degraded', 'degraded', 'ok']);
  });

  it('is down when the table or the queue does not answer, and says which, without the words of the fault', async () => {
    const noQueue = await checkHealth({ ...good, queue: fails });
    expect([noQueue.status, noQueue.checks.queue.status, noQueue.checks.table.status]).toEqual([
      'down',
      'down',
      'ok',
    ]);
    const noTable = await checkHealth({ ...good, model: fails });
    expect([noTable.status, noTable.checks.table.status, noTable.checks.models.status]).toEqual([
      'down',
      'down',
      'down',
    ]);
    expect(JSON.stringify([noQueue, noTable])).not.toContain('secret words');
  });
});
