import type { AnnouncePorts } from '../../../core/experiments/announcements/ports.ts';
import { lazily } from '../lazily.ts';
import { logger, metrics } from '../telemetry.ts';
import { eventBus } from './event-bus.ts';
import { announcements, experimentDefinitions } from './table-ports.ts';

const lost = (error: unknown): void => {
  logger.warn('event of an experiment delayed until the next evaluation', { error: error as Error });
  metrics.addMetric('EventsDelayed', 'Count', 1);
};

/** What telling of changed experiments needs. */
export const announcingChanges = lazily((): AnnouncePorts & { readonly lost: typeof lost } => ({
  experiments: experimentDefinitions(),
  announcements: announcements(),
  events: eventBus,
  lost,
}));
