import * as z from 'zod';
import { id, isoTime, longText, pageOf, pageQuery, share, word } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { storedInteraction, wireInteraction } from './interaction.ts';

const tag = 'Tracking';

export const trackInteraction = defineEndpoint({
  operationId: 'trackInteraction',
  summary: 'Track one interaction; the next read of that user sees it',
  tag,
  routes: [
    { method: 'POST', path: '/interactions' },
    { method: 'POST', path: '/personalization/track-interaction' },
    { method: 'POST', path: '/personalization/interaction' },
  ],
  caller: 'user',
  actsOnUser: true,
  request: { body: wireInteraction },
  responses: {
    201: z.object({
      success: z.boolean(),
      interactionId: id,
      engagement: share,
      updatedProfile: z.object({
        engagementLevel: z.number().int().min(1).max(5),
        personalizationScore: z.number().min(0).max(100),
      }),
      reason: z.string().optional(),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      type: 'view',
      contentId: 'course-101',
      contentType: 'course',
      durationMs: 42_000,
      scrollDepth: 0.8,
    },
    response: {
      success: true,
      interactionId: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
      engagement: 0.61,
      updatedProfile: { engagementLevel: 2, personalizationScore: 18 },
    },
  },
});

/** The interactions stay unparsed here: a bad one is rejected by itself and never sinks its neighbours. */
export const trackInteractions = defineEndpoint({
  operationId: 'trackInteractions',
  summary: 'Track 1 to 5,000 interactions; answers once the accepted ones are durably queued',
  tag,
  routes: [{ method: 'POST', path: '/personalization/track-interactions' }],
  caller: 'user',
  actsOnUser: true,
  maxBodyBytes: 4_500_000,
  request: {
    body: z.object({
      userId: id.optional(),
      interactions: z
        .array(z.unknown())
        .min(1)
        .max(5_000)
        .meta({ description: 'Interaction objects as in POST /interactions; each is checked by itself' }),
    }),
  },
  responses: {
    202: z.object({
      accepted: z.number().int().min(0),
      rejected: z.array(
        z.object({
          index: z.number().int().min(0),
          errors: z.array(z.object({ path: z.string(), message: z.string() })),
        }),
      ),
      batchId: z.string(),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      interactions: [
        { interactionId: 'i-1', type: 'click', contentId: 'course-101' },
        { interactionId: 'i-2', type: 'complete', contentId: 'course-101', completionRate: 1 },
      ],
    },
    response: { accepted: 2, rejected: [], batchId: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H' },
  },
});

export const listInteractions = defineEndpoint({
  operationId: 'listInteractions',
  summary: "A user's interactions, newest first",
  tag,
  routes: [{ method: 'GET', path: '/personalization/interactions/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: z.strictObject({ userId: id }),
    query: z.strictObject({
      ...pageQuery,
      type: word.optional(),
      contentType: word.optional(),
      from: isoTime.optional(),
      to: isoTime.optional(),
    }),
  },
  responses: { 200: pageOf(storedInteraction) },
  example: {
    params: { userId: 'ada' },
    query: { limit: '2', type: 'view' },
    response: {
      items: [
        {
          interactionId: 'i-1',
          userId: 'ada',
          type: 'view',
          contentId: 'course-101',
          occurredAt: '2026-11-20T09:30:00.000Z',
        },
      ],
      nextCursor: null,
    },
  },
});

export const recordFeatureUsage = defineEndpoint({
  operationId: 'recordFeatureUsage',
  summary: 'Count one use of a feature',
  tag,
  routes: [{ method: 'POST', path: '/personalization/features/usage' }],
  caller: 'user',
  actsOnUser: true,
  request: { body: z.object({ userId: id.optional(), feature: word }) },
  responses: { 202: z.object({ success: z.boolean(), interactionId: id, reason: z.string().optional() }) },
  example: {
    body: { userId: 'ada', feature: 'market-report' },
    response: { success: true, interactionId: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H' },
  },
});

export const listFrequentFeatures = defineEndpoint({
  operationId: 'listFrequentFeatures',
  summary: 'Features by recency-weighted use',
  tag,
  routes: [{ method: 'GET', path: '/personalization/features/{userId}/frequent' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: z.strictObject({ userId: id }),
    query: z.strictObject({ limit: pageQuery.limit }),
  },
  responses: {
    200: z.object({
      features: z.array(z.string()),
      counts: z.record(z.string(), z.number().int()),
      reason: z.string().optional(),
    }),
  },
  example: {
    params: { userId: 'ada' },
    response: {
      features: ['market-report', 'listing-editor'],
      counts: { 'market-report': 12, 'listing-editor': 7 },
    },
  },
});

export const recordContentPreference = defineEndpoint({
  operationId: 'recordContentPreference',
  summary: 'Say whether a kind of content worked for the user',
  tag,
  routes: [{ method: 'POST', path: '/personalization/content-preferences' }],
  caller: 'user',
  actsOnUser: true,
  request: { body: z.object({ userId: id.optional(), contentType: word, success: z.boolean() }) },
  responses: {
    200: z.object({
      success: z.boolean(),
      contentPreference: z.object({
        contentType: z.string(),
        successes: z.number().int(),
        failures: z.number().int(),
        score: z.number(),
      }),
      reason: z.string().optional(),
    }),
  },
  example: {
    body: { userId: 'ada', contentType: 'video', success: true },
    response: {
      success: true,
      contentPreference: { contentType: 'video', successes: 3, failures: 1, score: 0.67 },
    },
  },
});

export const recordFeedback = defineEndpoint({
  operationId: 'recordFeedback',
  summary: 'Rating, sentiment or words about something; text gets a sentiment score',
  tag,
  routes: [{ method: 'POST', path: '/personalization/feedback' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z
      .object({
        userId: id.optional(),
        target: z.strictObject({ kind: word, id }),
        rating: z.number().min(1).max(5).optional(),
        sentiment: z.enum(['positive', 'negative', 'neutral']).optional(),
        text: longText.optional(),
      })
      .superRefine((value, context) => {
        if (value.rating !== undefined || value.sentiment !== undefined || value.text !== undefined) return;
        context.addIssue({
          code: 'custom',
          path: ['rating'],
          message: 'one of rating, sentiment or text is required',
        });
      }),
  },
  responses: {
    201: z.object({
      success: z.boolean(),
      interactionId: id,
      sentiment: z
        .object({ score: z.number().min(-1).max(1), label: z.enum(['positive', 'negative', 'neutral']) })
        .nullable(),
      reason: z.string().optional(),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      target: { kind: 'course', id: 'course-101' },
      rating: 5,
      text: 'Clear and well paced, I love it',
    },
    response: {
      success: true,
      interactionId: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
      sentiment: { score: 0.8, label: 'positive' },
    },
  },
});
