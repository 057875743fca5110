import { getUserMetrics } from '../../contracts/analytics/user-metrics.ts';
import { userMetrics } from '../../core/analytics/user-metrics.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { decisions, journal, users } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getUserMetrics, async ({ userId, now }) => {
  const ports = { users: users(), decisions: decisions(), journal: journal() };
  return { status: 200, body: await userMetrics(ports, userId, now) };
});
