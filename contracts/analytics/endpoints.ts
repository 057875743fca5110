import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { analyticsAnswer, segmentsAnswer } from './schemas.ts';

const tag = 'Analytics';

const exampleUsers = { active: 1_240, new: 180, returning: 1_060 };

export const getAnalytics = defineEndpoint({
  operationId: 'getAnalytics',
  summary: 'Users, engagement, recommendations, learning paths and rules: totals of a period and day by day',
  tag,
  routes: [
    { method: 'GET', path: '/personalization/analytics' },
    { method: 'GET', path: '/analytics' },
  ],
  caller: 'admin',
  actsOnUser: false,
  request: {
    query: z.strictObject({
      period: z
        .enum(['1d', '7d', '30d', '90d'])
        .default('7d')
        .meta({ description: 'So many UTC days, the running one among them' }),
      metric: z
        .enum(['users', 'engagement', 'recommendations', 'learning_paths', 'rules'])
        .optional()
        .meta({ description: 'Only this part; absent: all of them' }),
    }),
  },
  responses: { 200: analyticsAnswer },
  example: {
    query: { period: '1d', metric: 'users' },
    response: {
      period: '1d',
      from: '2026-11-21T00:00:00.000Z',
      to: '2026-11-21T23:45:10.000Z',
      asOf: '2026-11-21T23:45:10.000Z',
      totals: { users: exampleUsers },
      series: [{ date: '2026-11-21', users: exampleUsers }],
      counted: { users: 18_300, withoutConsent: 120 },
    },
  },
});

export const listSegments = defineEndpoint({
  operationId: 'listSegments',
  summary: 'Segments with their users, engagement and conversion; those that do worse than all are marked',
  tag,
  routes: [{ method: 'GET', path: '/personalization/segments' }],
  caller: 'admin',
  actsOnUser: false,
  request: { query: z.strictObject({}) },
  responses: { 200: segmentsAnswer },
  example: {
    response: {
      segments: [
        {
          name: 'mobile_first',
          kind: 'named',
          share: 0.3871,
          users: 480,
          engagement: 0.31,
          engagementInterval: [0.29, 0.33],
          conversion: 0.0375,
          conversionInterval: [0.0238, 0.0586],
          underperformer: true,
          reason:
            '3.8 % of its users converted (at most 5.9 %, with 95 % confidence) against 8.1 % of all; its mean engagement is 0.31 (at most 0.33, with 95 % confidence) against 0.42 of all',
        },
      ],
      everyone: {
        users: 1_240,
        engagement: 0.42,
        engagementInterval: [0.41, 0.43],
        conversion: 0.0806,
        conversionInterval: [0.0668, 0.0971],
      },
      asOf: '2026-11-21T23:45:10.000Z',
    },
  },
});
