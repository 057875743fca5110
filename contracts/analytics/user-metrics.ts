import * as z from 'zod';
import { id, isoTime, share } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';

export const getUserMetrics = defineEndpoint({
  operationId: 'getUserMetrics',
  summary: 'Engagement, click-through and satisfaction of one user',
  tag: 'Insights',
  routes: [{ method: 'GET', path: '/personalization/metrics/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: z.strictObject({ userId: id }) },
  responses: {
    200: z.object({
      userId: id,
      engagement: z.object({
        level: z.number().int().min(1).max(5),
        mean: share.nullable().meta({ description: 'Mean engagement with contents, weighted by recency' }),
        interactions: z.number().int(),
        interactionsLast7Days: z.number().int(),
        sessions: z.number().int(),
        medianMinutes: z.number().nullable(),
        completions: z.number().int(),
        trend: z.enum(['rising', 'falling', 'steady', 'new', 'away']),
      }),
      clickThrough: z.object({
        rate: share.nullable().meta({
          description:
            'Elements of recommendations that were followed by those that were shown, of the last 30 days',
        }),
        shown: z.number().int(),
        clicked: z
          .number()
          .int()
          .meta({ description: 'Elements that were followed, those that led to a conversion included' }),
        converted: z.number().int(),
        dismissed: z.number().int(),
        reason: z.string().optional(),
      }),
      satisfaction: z.object({
        score: share.nullable().meta({ description: 'From ratings and the sentiment of feedback, 0-1' }),
        averageRating: z.number().nullable(),
        ratings: z.number().int(),
        averageSentiment: z.number().nullable(),
        feedbacks: z.number().int(),
        reason: z.string().optional(),
      }),
      since: isoTime.nullable(),
      generatedAt: isoTime,
      reason: z.string().optional(),
    }),
  },
  example: {
    params: { userId: 'ada' },
    response: {
      userId: 'ada',
      engagement: {
        level: 3,
        mean: 0.52,
        interactions: 120,
        interactionsLast7Days: 18,
        sessions: 14,
        medianMinutes: 11,
        completions: 6,
        trend: 'steady',
      },
      clickThrough: { rate: 0.1, shown: 50, clicked: 5, converted: 1, dismissed: 2 },
      satisfaction: { score: 0.775, averageRating: 4.2, ratings: 5, averageSentiment: 0.3, feedbacks: 2 },
      since: '2026-10-01T08:00:00.000Z',
      generatedAt: '2026-11-20T09:30:00.000Z',
    },
  },
});
