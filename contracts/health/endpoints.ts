import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';

const check = z.object({ status: z.enum(['ok', 'degraded', 'down']), detail: z.string().optional() });

export const getHealth = defineEndpoint({
  operationId: 'getHealth',
  summary: 'Whether the engine and what it stands on answer',
  tag: 'Health',
  routes: [{ method: 'GET', path: '/personalization/health' }],
  caller: 'nobody',
  actsOnUser: false,
  request: {},
  responses: {
    200: z.object({
      status: z.enum(['ok', 'degraded', 'down']),
      version: z.string(),
      checks: z.object({ table: check, queue: check, models: check }),
    }),
  },
  example: {
    response: {
      status: 'ok',
      version: '0.1.0',
      checks: {
        table: { status: 'ok' },
        queue: { status: 'ok' },
        models: { status: 'degraded', detail: 'No model trained yet' },
      },
    },
  },
});
