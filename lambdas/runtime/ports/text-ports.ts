import type { TextPorts } from '../../../core/insights/serve/ports.ts';
import { bedrockModel } from '../environment.ts';
import { userModels } from '../kept/user-models.ts';
import { lazily } from '../lazily.ts';
import { textEvents } from '../text-events.ts';
import { tracePorts } from './decision-ports.ts';
import { insightsQueue } from './insights-queue-port.ts';
import { texts, users } from './table-ports.ts';

/** What answers with texts about a user need. */
export const servingTexts = lazily(
  (): TextPorts => ({
    users: users(),
    userModels,
    texts: texts(),
    // Made only when a text is wanted: where no model is set up there is no queue.
    queue: { send: async (request) => insightsQueue().send(request) },
    events: textEvents,
    writes: bedrockModel() !== undefined,
    ...tracePorts(),
  }),
);
