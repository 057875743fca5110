import { eventBridgeClient } from '../../../adapters/events/client.ts';
import { eventPublisher } from '../../../adapters/events/event-publisher.ts';
import type { AnnouncePorts } from '../../../core/experiments/announcements/ports.ts';
import { required } from '../environment.ts';
import { lazily } from '../lazily.ts';
import { logger, metrics } from '../telemetry.ts';
import { announcements, experimentDefinitions } from './table-ports.ts';

const bus = lazily(() => eventPublisher(eventBridgeClient(), required('ATTUNE_EVENT_BUS')));

const lost = (error: unknown): void => {
  logger.warn('event of an experiment delayed until the next evaluation', { error: error as Error });
  metrics.addMetric('EventsDelayed', 'Count', 1);
};

/** What telling of changed experiments needs. */
export const announcingChanges = lazily((): AnnouncePorts & { readonly lost: typeof lost } => ({
  experiments: experimentDefinitions(),
  announcements: announcements(),
  // Made only when there is something to tell.
  events: { publish: async (events) => bus().publish(events) },
  lost,
}));
