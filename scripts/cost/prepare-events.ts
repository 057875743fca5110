import { startEventBus } from '../../local/events/event-bus.ts';

/** Points the functions at a bus of their own. Before any handler is loaded: settings are read once. */
export const prepareEvents = async (): Promise<{ count(): number; close(): Promise<void> }> => {
  let told = 0;
  const bus = await startEventBus({
    tell: () => {
      told += 1;
    },
  });
  Object.assign(process.env, { ATTUNE_EVENT_BUS: 'attune', AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url });
  return { count: () => told, close: bus.close };
};
