import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { interactionsMessage } from '../../../contracts/messages/interactions.ts';
import { acceptBatch, type CheckedInteraction } from '../../../core/tracking/accept-batch.ts';
import { messageText } from '../../../core/tracking/message-text.ts';
import { type QueuedBatch, queueBatches } from '../../../core/tracking/queue-batches.ts';
import { interaction, NOON } from '../../support/interactions.ts';

const batch = async (checked: CheckedInteraction[], kind: 'user' | 'service' = 'user') => {
  const sent: QueuedBatch[] = [];
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const answer = await acceptBatch(
    { sendBatches: async (batches) => void sent.push(...batches) },
    {
      caller: { sub: 'ada', kind },
      userId: 'ada',
      checked,
      batchId: 'b-1',
      context: { now: NOON, retentionMs: 1e12, newId },
    },
  );
  return { answer, sent };
};

describe('a bulk call', () => {
  it('queues what is good and rejects the rest by index, each by itself', async () => {
    const { answer, sent } = await batch([
      { sent: { type: 'view', contentId: 'a' } },
      { errors: [{ path: 'type', message: 'is required' }] },
      { sent: { type: 'view', userId: 'bob' } },
      { sent: { type: 'view', occurredAt: '2099-01-01T00:00:00Z' } },
      { sent: { type: 'click', userId: 'ada', interactionId: 'mine' } },
    ]);
    expect(answer).toMatchObject({ accepted: 2, batchId: 'b-1' });
    expect(answer.rejected.map(({ index, errors }) => [index, errors[0]?.path])).toEqual([
      [1, 'type'],
      [2, 'userId'],
      [3, 'occurredAt'],
    ]);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.groups).toMatchObject([
      { userId: 'ada', interactions: [{ interactionId: 'id-1' }, { interactionId: 'mine' }] },
    ]);
  });

  it('lets a service speak for many users, grouped', async () => {
    const { sent } = await batch(
      ['bob', 'eve', 'bob', undefined].map((userId) => ({ sent: { type: 'view', userId } })),
      'service',
    );
    expect(sent[0]?.groups.map(({ userId, interactions }) => [userId, interactions.length])).toEqual([
      ['bob', 2],
      ['eve', 1],
      ['ada', 1],
    ]);
  });

  it('queues nothing where nothing is good, and fails where the queue does', async () => {
    expect((await batch([{ errors: [] }])).sent).toEqual([]);
    const full = { sendBatches: () => Promise.reject(new Error('full')) };
    const request = {
      caller: { sub: 'ada', kind: 'user' as const },
      userId: 'ada',
      checked: [{ sent: { type: 'view' } }],
      batchId: 'b',
      context: { now: NOON, retentionMs: 1e12, newId: () => 'i' },
    };
    await expect(acceptBatch(full, request)).rejects.toThrow('full');
  });
});

describe('messages of a batch', () => {
  const rows = fc.array(
    fc.record({
      user: fc.integer({ min: 0, max: 30 }),
      size: fc.integer({ min: 0, max: 2_000 }),
      wide: fc.boolean(),
    }),
    { minLength: 1, maxLength: 700, size: 'max' },
  );

  it('hold every interaction once, in order by user, and fit the queue', () => {
    const property = fc.property(rows, (made) => {
      const all = made.map(({ user, size, wide }, index) =>
        interaction({
          interactionId: `i${index}`,
          userId: `u${user}`,
          feedback: (wide ? '😀' : 'e').repeat(size),
        }),
      );
      const messages = queueBatches(all, 'b', NOON);
      const byUser = new Map<string, string[]>();
      for (const message of messages) {
        expect(interactionsMessage.safeParse(message).success).toBe(true);
        const text = messageText(message);
        expect(JSON.parse(text)).toEqual(message);
        expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
        expect(message.groups.flatMap(({ interactions }) => interactions).length).toBeLessThanOrEqual(500);
        for (const { userId, interactions } of message.groups) {
          const known = byUser.get(userId) ?? [];
          byUser.set(userId, [...known, ...interactions.map(({ interactionId }) => interactionId)]);
        }
      }
      for (const userId of new Set(all.map((one) => one.userId))) {
        const expected = all.filter((one) => one.userId === userId).map(({ interactionId }) => interactionId);
        expect(byUser.get(userId)).toEqual(expected);
      }
    });
    fc.assert(property, { seed: 20261121, numRuns: 12 });
  });

  it('keep a user together where it fits', () => {
    const all = Array.from({ length: 400 }, (_, at) =>
      interaction({ interactionId: `i${at}`, userId: `u${at % 4}` }),
    );
    expect(queueBatches(all, 'b', NOON).map(({ groups }) => groups.length)).toEqual([4]);
  });
});
