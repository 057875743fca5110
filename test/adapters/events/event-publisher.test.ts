import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventPublisher } from '../../../adapters/events/event-publisher.ts';
import { Unavailable } from '../../../core/errors.ts';
import type { ExperimentEvent } from '../../../core/events/ports.ts';
import { type LocalEventBus, startEventBus } from '../../../local/events/event-bus.ts';

const clientOf = (endpoint: string) =>
  new EventBridgeClient({
    endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

const event = (n: number): ExperimentEvent => ({
  id: `event-${n}`,
  type: 'ExperimentStatusChanged',
  experimentId: 'experiment-1',
  key: 'quiet-dashboard',
  from: null,
  to: 'running',
  reason: 'Žluťoučký kůň',
  by: 'root',
  at: Date.UTC(2026, 10, 21, 12),
});

describe('on the local bus', () => {
  let bus: LocalEventBus;
  beforeAll(async () => {
    bus = await startEventBus();
  });
  afterAll(() => bus.close());

  it('arrive as rules see them, in their order, however many', async () => {
    const client = clientOf(bus.url);
    await eventPublisher(client, 'attune').publish(Array.from({ length: 23 }, (_, n) => event(n)));
    const { at, type, ...detail } = event(22);
    expect(bus.recent()).toHaveLength(23);
    expect(bus.recent()[0]).toEqual({
      id: expect.any(String),
      source: 'attune',
      'detail-type': 'ExperimentStatusChanged',
      time: '2026-11-21T12:00:00.000Z',
      detail: { ...detail, at: '2026-11-21T12:00:00.000Z' },
    });
    expect(bus.recent().map(({ detail }) => (detail as { id: string }).id)).toEqual(
      Array.from({ length: 23 }, (_, n) => `event-${22 - n}`),
    );
    client.destroy();
  });

  it('are the last 100', async () => {
    const client = clientOf(bus.url);
    await eventPublisher(client, 'attune').publish(Array.from({ length: 120 }, (_, n) => event(n)));
    expect(bus.recent()).toHaveLength(100);
    client.destroy();
  });
});

describe('that EventBridge refuses', () => {
  /** Refuses the first entry of so many requests. */
  const refusing = async (requests: number): Promise<{ server: Server; sent: number[] }> => {
    const sent: number[] = [];
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { Entries } = JSON.parse(Buffer.concat(parts).toString()) as { Entries: unknown[] };
      sent.push(Entries.length);
      const refuse = sent.length <= requests;
      const answers = Entries.map((_, at) =>
        refuse && at === 0 ? { ErrorCode: 'ThrottlingException' } : { EventId: `id-${at}` },
      );
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ FailedEntryCount: refuse ? 1 : 0, Entries: answers }));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return { server, sent };
  };

  const publish = async (requests: number) => {
    const { server, sent } = await refusing(requests);
    const client = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      await eventPublisher(client, 'attune').publish([event(1), event(2), event(3)]);
      return sent;
    } finally {
      client.destroy();
      server.closeAllConnections();
      server.close();
    }
  };

  it('are sent again, those alone', async () => {
    expect(await publish(0)).toEqual([3]);
    expect(await publish(1)).toEqual([3, 1]);
    expect(await publish(2)).toEqual([3, 1, 1]);
  });

  it('are not taken for published in the end', async () => {
    await expect(publish(9)).rejects.toThrow(Unavailable);
  });
});
