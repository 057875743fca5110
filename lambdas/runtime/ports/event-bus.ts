import { eventBridgeClient } from '../../../adapters/events/client.ts';
import { eventPublisher } from '../../../adapters/events/event-publisher.ts';
import type { EngineEvent, EventPublisher } from '../../../core/events/ports.ts';
import { required } from '../environment.ts';
import { lazily } from '../lazily.ts';

/** Exported, since bundles leave out only exported makers that nothing uses (scripts/bundle/lean-code.ts). */
export const bus = lazily(() => eventPublisher(eventBridgeClient(), required('ATTUNE_EVENT_BUS')));

/** The bus of the stack; its client is made only when there is something to tell. */
export const eventBus: EventPublisher<EngineEvent> = { publish: async (events) => bus().publish(events) };
