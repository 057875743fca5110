import * as z from 'zod';
import { id, isoTime, provenance, share } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { nextAction, workflowPattern } from '../profile/schemas.ts';

const tag = 'Workflow';

const withReason = { reason: z.string() };
const hour = z.number().int().min(0).max(23);

const bestHour = z.object({
  hour: hour.meta({ description: "Hour of the day in the user's time zone" }),
  actions: z.number().int(),
  completed: z.number().int(),
  engagement: share,
  score: share.meta({ description: "How well an action goes in this hour, shrunk towards the user's mean" }),
  ...withReason,
});

const shortcut = z.object({
  from: z.string(),
  to: z.string(),
  skips: z.array(z.string()).meta({ description: 'The steps between, in order' }),
  support: z.number().int(),
  share: share.meta({ description: 'Of all ways from `from` to `to`, how many took exactly these steps' }),
  stepsSaved: z.number().int(),
  secondsSaved: z.number().min(0),
  ...withReason,
});

export const getWorkflowOptimizations = defineEndpoint({
  operationId: 'getWorkflowOptimizations',
  summary: 'Sequences that the user repeats, next steps, best hours and shortcuts, each with a reason',
  tag,
  routes: [{ method: 'GET', path: '/personalization/workflow-optimizations/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: z.strictObject({ userId: id }) },
  responses: {
    200: z.object({
      userId: id,
      sequences: z.array(workflowPattern.extend(withReason)),
      nextSteps: z.array(nextAction.extend(withReason)),
      bestHours: z.array(bestHour),
      shortcuts: z.array(shortcut),
      timezone: z.string(),
      basis: z
        .object({ actions: z.number().int(), from: isoTime.nullable(), to: isoTime.nullable() })
        .meta({ description: 'The stretch of stored actions that was looked at, 300 at most' }),
      ...provenance,
      reason: z.string().optional().meta({ description: 'Why lists are empty' }),
    }),
  },
  example: {
    params: { userId: 'ada' },
    response: {
      userId: 'ada',
      sequences: [
        {
          sequence: ['search', 'view:listing', 'export'],
          support: 9,
          visits: 8,
          confidence: 0.75,
          next: 'share',
          nextProbability: 0.67,
          usualHour: 9,
          reason: 'Came up 9 times in 8 visits, usually around 09:00; then came share in 67 % of the cases',
        },
      ],
      nextSteps: [
        { action: 'share', probability: 0.62, reason: 'Expected in 62 % of the cases after export' },
      ],
      bestHours: [
        {
          hour: 9,
          actions: 31,
          completed: 6,
          engagement: 0.48,
          score: 0.55,
          reason:
            'From 09:00 to 10:00, 6 of 31 actions finished something, 58 % engaged against 41 % at all hours',
        },
      ],
      shortcuts: [
        {
          from: 'search',
          to: 'export',
          skips: ['view:listing'],
          support: 9,
          share: 1,
          stepsSaved: 1,
          secondsSaved: 42,
          reason:
            'From search to export you went through view:listing every time (9 times): a direct way saves 1 step and about 42 seconds',
        },
      ],
      timezone: 'Europe/Amsterdam',
      basis: { actions: 120, from: '2026-11-01T08:00:00.000Z', to: '2026-11-20T09:30:00.000Z' },
      decisionId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
      generatedAt: '2026-11-20T09:30:00.000Z',
      source: 'computed',
    },
  },
});
