import { getWorkflowOptimizations } from '../../contracts/workflow/endpoints.ts';
import { optimizeWorkflow } from '../../core/workflow/optimize-workflow.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { decisions, journal, users } from '../runtime/table-ports.ts';
import { logger } from '../runtime/telemetry.ts';

const traceLost = (error: unknown) => logger.warn('decision trace lost', { error: error as Error });

export const handler = endpoint(getWorkflowOptimizations, async ({ userId, now, newId }) => {
  const ports = { users: users(), journal: journal(), decisions: decisions(), traceLost };
  return { status: 200, body: await optimizeWorkflow(ports, { userId, now, newId }) };
});
