import { getWorkflowOptimizations } from '../../contracts/workflow/endpoints.ts';
import { optimizeWorkflow } from '../../core/workflow/optimize-workflow.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { tracePorts } from '../runtime/ports/decision-ports.ts';
import { journal, users } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getWorkflowOptimizations, async ({ userId, now, newId }) => {
  const ports = { users: users(), journal: journal(), ...tracePorts() };
  return { status: 200, body: await optimizeWorkflow(ports, { userId, now, newId }) };
});
