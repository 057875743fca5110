import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { readBody } from '../http/read-body.ts';

/** An event as rules of EventBridge see it. */
export type BusEvent = {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: unknown;
};

/** Stands where EventBridge stands on AWS: takes events by its protocol and keeps the last 100. */
export type LocalEventBus = {
  /** For `AWS_ENDPOINT_URL_EVENTBRIDGE`. */
  readonly url: string;
  /** Newest first. */
  recent(): readonly BusEvent[];
  close(): Promise<void>;
};

type Options = {
  /** Where events outlive a restart; only in memory where none is named. */
  readonly file?: string;
  /** Told of every event, for the log. */
  readonly tell?: (event: BusEvent) => void;
};

const KEPT = 100;
const HOST = '127.0.0.1';
const PUT_EVENTS = 'AWSEvents.PutEvents';

const putEvents = z.object({
  Entries: z
    .array(
      z.object({
        Source: z.string().min(1),
        DetailType: z.string().min(1),
        Detail: z.string(),
        Time: z.number().optional(),
      }),
    )
    .min(1)
    .max(10),
});

type Entry = z.output<typeof putEvents>['Entries'][number];

/** Times travel as seconds since the epoch. */
const eventOf = ({ Source, DetailType, Detail, Time }: Entry): BusEvent => ({
  id: randomUUID(),
  source: Source,
  'detail-type': DetailType,
  time: new Date(Time === undefined ? Date.now() : Time * 1_000).toISOString(),
  detail: JSON.parse(Detail),
});

const readKept = (file: string | undefined): BusEvent[] => {
  if (file === undefined) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as BusEvent[];
  } catch {
    return [];
  }
};

const write = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
};

/** Starts one on a free port of the loopback address. */
export const startEventBus = async ({ file, tell }: Options = {}): Promise<LocalEventBus> => {
  let kept = readKept(file);
  const keep = (events: readonly BusEvent[]): void => {
    kept = [...events.toReversed(), ...kept].slice(0, KEPT);
    if (file !== undefined) writeFileSync(file, JSON.stringify(kept));
    for (const event of events) tell?.(event);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers['x-amz-target'] !== PUT_EVENTS)
      return write(response, 400, { __type: 'UnknownOperationException' });
    const { Entries } = putEvents.parse(JSON.parse((await readBody(request)).toString()));
    const events = Entries.map(eventOf);
    keep(events);
    write(response, 200, { FailedEntryCount: 0, Entries: events.map(({ id }) => ({ EventId: id })) });
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) =>
      write(response, 400, { __type: 'ValidationException', message: error.message }),
    );
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    recent: () => kept,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
};
