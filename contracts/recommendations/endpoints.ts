import * as z from 'zod';
import {
  cursor,
  device,
  freeForm,
  id,
  isoTime,
  limit,
  provenance,
  share,
  shortText,
  word,
} from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';

const tag = 'Recommendations';
const userParams = z.strictObject({ userId: id });

export const strategy = z.enum([
  'content_based',
  'collaborative',
  'trending',
  'sequential',
  'popular',
  'hybrid',
]);

const contextName = word;

/** What a caller does not name is the engine's choice: the hybrid by relevance, or that of an experiment's arm. */
const chosenStrategy = strategy.optional().meta({
  description: 'The hybrid by default; one that is named goes before that of an experiment',
  default: 'hybrid',
});
const chosenDiversity = share.optional().meta({
  description: '0 by default; one that is named goes before that of an experiment',
  default: 0,
});

const arms = z
  .array(z.object({ key: z.string(), variant: z.string() }))
  .meta({ description: 'Arms of experiments that the list was made under' });

const recommendation = z
  .object({
    recommendationId: id,
    type: strategy,
    contentId: id,
    contentType: z.string(),
    title: z.string(),
    relevanceScore: share,
    confidenceScore: share,
    reason: z.string(),
    scores: z.record(z.string(), z.number()),
    rung: z.string(),
  })
  .meta({ id: 'Recommendation' });

const contentRecommendation = z.object({
  id,
  recommendationId: id,
  type: z.string(),
  title: z.string(),
  description: z.string(),
  url: z.string(),
  imageUrl: z.string().optional(),
  matchReason: z.string(),
  confidence: share,
  engagementRate: share,
});

const ladder = {
  rung: z.string().meta({ description: 'Step of the fallback ladder that the first element came from' }),
  nextRung: z.string().meta({ description: 'What would unlock the next better rung' }),
};

const exampleRecommendation = {
  recommendationId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0',
  type: 'hybrid' as const,
  contentId: 'course-102',
  contentType: 'course',
  title: 'React with TypeScript',
  relevanceScore: 0.82,
  confidenceScore: 0.6,
  reason: "Because you viewed 'TypeScript from zero'",
  scores: { collaborative: 0.5, content: 0.32 },
  rung: 'personalised hybrid',
};
const exampleProvenance = {
  decisionId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
  generatedAt: '2026-11-20T09:30:00.000Z',
  source: 'computed' as const,
};
const exampleLadder = { rung: 'personalised hybrid', nextRung: 'This is the best rung' };

/** Bare array: provenance travels in the Attune-* headers. */
export const getRecommendations = defineEndpoint({
  operationId: 'getRecommendations',
  summary: 'What this user should see next, and why',
  tag,
  routes: [{ method: 'GET', path: '/recommendations/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: userParams,
    query: z.strictObject({ limit, type: chosenStrategy, context: contextName.optional() }),
  },
  responses: { 200: z.array(recommendation) },
  example: { params: { userId: 'ada' }, query: { limit: '10' }, response: [exampleRecommendation] },
});

export const getContentRecommendations = defineEndpoint({
  operationId: 'getContentRecommendations',
  summary: 'Content of one or more types for this user',
  tag,
  routes: [{ method: 'GET', path: '/personalization/recommendations' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    query: z.strictObject({
      userId: id.optional(),
      limit,
      type: z.string().max(500).optional().meta({
        description:
          'One or more content types, separated by commas: project, service, testimonial, resource, ...',
      }),
    }),
  },
  responses: {
    200: z.object({
      recommendations: z.array(contentRecommendation),
      ...provenance,
      ...ladder,
      experiments: arms,
      reason: z.string().optional(),
    }),
  },
  example: {
    query: { type: 'course,resource', limit: '5' },
    response: {
      recommendations: [
        {
          id: 'course-102',
          recommendationId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0',
          type: 'course',
          title: 'React with TypeScript',
          description: 'Components, hooks and types.',
          url: '/courses/102',
          matchReason: "Because you viewed 'TypeScript from zero'",
          confidence: 0.6,
          engagementRate: 0.12,
        },
      ],
      ...exampleProvenance,
      ...exampleLadder,
      experiments: [],
    },
  },
});

export const requestRecommendations = defineEndpoint({
  operationId: 'requestRecommendations',
  summary: 'Recommendations with filters, exclusions, diversity and paging',
  tag,
  routes: [{ method: 'POST', path: '/personalization/recommendations' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      context: z.union([contextName, freeForm(4_096)]).optional(),
      options: z
        .strictObject({
          limit: z.number().int().min(1).max(100).default(20),
          device: device.optional(),
          types: z.array(word).max(20).default([]),
          strategy: chosenStrategy,
          filter: z
            .strictObject({
              tags: z.array(word).max(20).optional(),
              attributes: z
                .record(
                  word,
                  z.union([
                    z.string().max(200),
                    z.number(),
                    z.boolean(),
                    z.array(z.union([z.string().max(200), z.number()])).max(20),
                  ]),
                )
                .optional(),
            })
            .optional(),
          exclude: z.array(id).max(500).default([]),
          include_seen: z.boolean().default(false),
          diversity: chosenDiversity,
          cursor,
        })
        .prefault({}),
    }),
  },
  responses: {
    200: z.object({
      recommendations: z.array(recommendation),
      nextCursor: z.string().nullable(),
      ...provenance,
      ...ladder,
      experiments: arms,
      reason: z.string().optional(),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      context: 'dashboard',
      options: { limit: 10, device: 'mobile', types: ['course'], diversity: 0.3 },
    },
    response: {
      recommendations: [exampleRecommendation],
      nextCursor: null,
      ...exampleProvenance,
      ...exampleLadder,
      experiments: [{ key: 'more-variety', variant: 'diverse' }],
    },
  },
});

export const recordRecommendationFeedback = defineEndpoint({
  operationId: 'recordRecommendationFeedback',
  summary: 'Say what became of a recommendation; the next answer feels it',
  tag,
  routes: [{ method: 'POST', path: '/recommendations/{userId}/feedback' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: userParams,
    body: z.strictObject({
      userId: id.optional(),
      recommendationId: id,
      contentId: id.optional(),
      feedback: z.enum(['clicked', 'dismissed', 'converted', 'liked', 'disliked']),
      rating: z.number().min(1).max(5).optional(),
    }),
  },
  responses: {
    201: z.object({ success: z.boolean(), interactionId: id, contentId: id, reason: z.string().optional() }),
  },
  example: {
    params: { userId: 'ada' },
    body: { recommendationId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0', feedback: 'clicked' },
    response: { success: true, interactionId: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H', contentId: 'course-102' },
  },
});

export const rankContent = defineEndpoint({
  operationId: 'rankContent',
  summary: 'Re-rank a list that the caller brings',
  tag,
  routes: [{ method: 'POST', path: '/personalization/rank' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      contentIds: z.array(id).min(1).max(500),
      context: contextName.optional(),
    }),
  },
  responses: {
    200: z.object({
      items: z.array(
        z.object({
          contentId: id,
          score: share,
          known: z.boolean(),
          reason: z.string(),
          scores: z.record(z.string(), z.number()),
        }),
      ),
      ...provenance,
      reason: z.string().optional(),
    }),
  },
  example: {
    body: { userId: 'ada', contentIds: ['course-102', 'course-999'] },
    response: {
      items: [
        {
          contentId: 'course-102',
          score: 0.82,
          known: true,
          reason: "Because you viewed 'TypeScript from zero'",
          scores: { content: 0.82 },
        },
        { contentId: 'course-999', score: 0, known: false, reason: 'Not in the catalogue', scores: {} },
      ],
      ...exampleProvenance,
    },
  },
});

export const listSimilar = defineEndpoint({
  operationId: 'listSimilar',
  summary: 'Items similar to one item',
  tag,
  routes: [{ method: 'GET', path: '/personalization/similar/{contentId}' }],
  caller: 'user',
  actsOnUser: false,
  request: { params: z.strictObject({ contentId: id }), query: z.strictObject({ limit }) },
  responses: {
    200: z.object({
      items: z.array(
        z.object({
          contentId: id,
          contentType: z.string(),
          title: shortText,
          similarity: share,
          reason: z.string(),
          scores: z.record(z.string(), z.number()),
        }),
      ),
      generatedAt: isoTime,
      reason: z.string().optional(),
    }),
  },
  example: {
    params: { contentId: 'course-101' },
    query: { limit: '5' },
    response: {
      items: [
        {
          contentId: 'course-102',
          contentType: 'course',
          title: 'React with TypeScript',
          similarity: 0.7,
          reason: 'Shares typescript and web',
          scores: { content: 0.7 },
        },
      ],
      generatedAt: '2026-11-20T09:30:00.000Z',
    },
  },
});
