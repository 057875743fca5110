import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { Unavailable } from '../../core/errors.ts';
import type { EngineEvent, EventPublisher } from '../../core/events/ports.ts';

/** `source` of every event; rules match it together with `detail-type`. */
export const EVENT_SOURCE = 'attune';

/** What EventBridge takes in one request. */
const MOST_AT_ONCE = 10;
const ROUNDS = 3;

const entryOf = ({ type, at, ...detail }: EngineEvent, bus: string): PutEventsRequestEntry => ({
  EventBusName: bus,
  Source: EVENT_SOURCE,
  DetailType: type,
  Time: new Date(at),
  Detail: JSON.stringify({ ...detail, at: new Date(at).toISOString() }),
});

/** Answers the entries that were not taken. */
const send = async (
  client: EventBridgeClient,
  entries: PutEventsRequestEntry[],
): Promise<PutEventsRequestEntry[]> => {
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
  return entries.filter((_, at) => Entries[at]?.EventId === undefined);
};

const sendAll = async (client: EventBridgeClient, entries: PutEventsRequestEntry[]): Promise<void> => {
  let left = entries;
  for (let round = 0; left.length > 0 && round < ROUNDS; round += 1) left = await send(client, left);
  if (left.length > 0) throw new Unavailable(`The event bus did not take ${left.length} events`);
};

/** Puts events on a bus; entries that EventBridge refuses are sent again. */
export const eventPublisher = (client: EventBridgeClient, bus: string): EventPublisher<EngineEvent> => ({
  publish: async (events) => {
    for (let from = 0; from < events.length; from += MOST_AT_ONCE) {
      const entries = events.slice(from, from + MOST_AT_ONCE).map((event) => entryOf(event, bus));
      await sendAll(client, entries);
    }
  },
});
