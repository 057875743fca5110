import { getHealth } from '../../contracts/health/endpoints.ts';
import { checkHealth } from '../../core/health/check-health.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { queueIsReachable } from '../runtime/ports/queue-port.ts';
import { models } from '../runtime/ports/table-ports.ts';
import { version } from '../runtime/version.ts';

export const handler = endpoint(getHealth, async () => ({
  status: 200,
  body: { version, ...(await checkHealth({ model: () => models().getModel(), queue: queueIsReachable })) },
}));
