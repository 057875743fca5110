import * as z from 'zod';
import { amount, device, freeForm, id, isoTime, score100, share, word, words } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { goalInput, goalView, learnerFields, profileView, questionnaire } from './schemas.ts';

const tag = 'Profile';
const userParams = z.strictObject({ userId: id });

const exampleProfile = {
  userId: 'ada',
  attributes: { plan: 'pro' },
  preferences: { theme: 'dark' },
  marketFocus: ['Amsterdam-Noord'],
  goals: [
    {
      title: 'Finish three courses',
      term: 'short' as const,
      metric: 'complete',
      target: 3,
      progress: { measured: true, current: 1, target: 3, ratio: 0.33 },
    },
  ],
  features: [{ feature: 'market-report', count: 12, lastUsedAt: '2026-11-20T09:30:00.000Z' }],
  contentPreferences: [{ contentType: 'video', successes: 3, failures: 1, score: 0.67 }],
  segments: [{ name: 'casual_user', confidence: 0.7 }],
  skillLevel: 'intermediate' as const,
  engagementLevel: 3,
  personalizationScore: 54,
  churn: { risk: 0.12, factors: [], method: 'rule' as const },
  lifetimeValue: { expected: 120.5, horizonDays: 365, method: 'rule' as const },
  nextActions: [{ action: 'view', probability: 0.6 }],
  workflowPatterns: [],
  sessions: {
    count: 14,
    lastAt: '2026-11-20T09:30:00.000Z',
    medianMinutes: 11,
    byHour: Array(24).fill(0) as number[],
  },
  devices: { mobile: 0.8, desktop: 0.2 },
  privacy: {
    level: 'standard' as const,
    consents: { analytics: true, personalization: true, ai: true },
    optOut: false,
  },
  analytics: { interactions: 120 },
  recentActivity: [],
  version: 3,
  createdAt: '2026-10-01T08:00:00.000Z',
  updatedAt: '2026-11-20T09:30:00.000Z',
};

export const upsertProfile = defineEndpoint({
  operationId: 'upsertProfile',
  summary: 'Create or update a profile from the learner shape, the questionnaire shape, or both',
  tag,
  routes: [{ method: 'POST', path: '/profile' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      email: z.email().max(254).optional(),
      ...learnerFields,
      questionnaireData: questionnaire.optional(),
      attributes: freeForm().optional(),
      preferences: freeForm().optional(),
      timezone: z.string().max(64).optional(),
    }),
  },
  responses: {
    200: z.object({
      success: z.boolean(),
      profileId: id,
      profile: profileView,
      personalization: z.object({
        enabled: z.boolean(),
        score: score100.meta({
          description:
            'With answers: .5 completeness + .3 clarity + .2 intent of the questionnaire. Without: how much is known of the user',
        }),
        scoreParts: z
          .object({ completeness: score100, clarity: score100, intent: score100 })
          .optional()
          .meta({ description: 'Of the questionnaire; absent where nothing is answered' }),
        engagementLevel: z.number().int().min(1).max(5).meta({
          description: 'The higher of what the behaviour and what the answers of the questionnaire show',
        }),
        recommendations: z.array(z.object({ type: z.string(), id, reason: z.string(), confidence: share })),
        reason: z.string().optional(),
        decisionId: z.string(),
        generatedAt: isoTime,
        source: z.enum(['computed', 'precomputed', 'cache', 'fallback']),
      }),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      age: 29,
      learningStyle: 'visual',
      experienceLevel: 'beginner',
      preferredPace: 'moderate',
      interests: ['web development', 'design'],
      careerGoals: ['frontend engineer'],
      learningObjectives: ['learn TypeScript'],
    },
    response: {
      success: true,
      profileId: 'ada',
      profile: exampleProfile,
      personalization: {
        enabled: true,
        score: 31,
        engagementLevel: 1,
        recommendations: [
          {
            type: 'course',
            id: 'course-101',
            reason: 'Matches your interest in web development',
            confidence: 0.5,
          },
        ],
        decisionId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
        generatedAt: '2026-11-20T09:30:00.000Z',
        source: 'computed',
      },
    },
  },
});

export const getProfile = defineEndpoint({
  operationId: 'getProfile',
  summary: 'The profile with analytics and recent activity',
  tag,
  routes: [
    { method: 'GET', path: '/profile/{userId}' },
    { method: 'GET', path: '/personalization/profile/{userId}' },
  ],
  caller: 'user',
  actsOnUser: true,
  request: { params: userParams },
  responses: { 200: profileView },
  example: { params: { userId: 'ada' }, response: exampleProfile },
});

export const updateProfile = defineEndpoint({
  operationId: 'updateProfile',
  summary: 'Merge attributes and preferences; a stale `version` is refused',
  tag,
  routes: [
    { method: 'POST', path: '/personalization/profile/{userId}' },
    { method: 'PUT', path: '/personalization/profile' },
  ],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: z.strictObject({ userId: id.optional() }),
    body: z.strictObject({
      userId: id.optional(),
      attributes: freeForm().optional(),
      preferences: freeForm().optional(),
      timezone: z.string().max(64).optional(),
      version: z
        .number()
        .int()
        .min(0)
        .optional()
        .meta({ description: 'The version that you read; a stale one gives 409' }),
    }),
  },
  responses: { 200: profileView },
  example: {
    params: { userId: 'ada' },
    body: { attributes: { plan: 'pro' }, preferences: { theme: 'dark' }, version: 2 },
    response: exampleProfile,
  },
});

export const recomputeProfile = defineEndpoint({
  operationId: 'recomputeProfile',
  summary: 'Rebuild every derived part from the stored interactions',
  tag,
  routes: [{ method: 'POST', path: '/personalization/profile/{userId}/recompute' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: userParams, body: z.strictObject({}).optional() },
  responses: { 200: profileView },
  example: { params: { userId: 'ada' }, response: exampleProfile },
});

export const resetProfile = defineEndpoint({
  operationId: 'resetProfile',
  summary: 'Forget what was learned; consent and identity stay',
  tag,
  routes: [{ method: 'DELETE', path: '/personalization/profile/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: userParams },
  responses: {
    200: z.object({ success: z.boolean(), userId: id, kept: z.array(z.string()), profile: profileView }),
  },
  example: {
    params: { userId: 'ada' },
    response: { success: true, userId: 'ada', kept: ['identity', 'privacy'], profile: exampleProfile },
  },
});

export const learnPreferences = defineEndpoint({
  operationId: 'learnPreferences',
  summary: 'Learn style, category, duration and feature preferences from what the user did and said',
  tag,
  routes: [{ method: 'POST', path: '/personalization/learn-preferences' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      behaviorData: z.strictObject({
        actions: z
          .array(z.looseObject({ type: word, feature: word.optional() }))
          .max(1_000)
          .default([]),
        projects: z
          .array(
            z.looseObject({
              visualStyle: word.optional(),
              category: word.optional(),
              duration: amount.max(1e7).optional(),
            }),
          )
          .max(1_000)
          .default([]),
        feedback: z
          .array(
            z.looseObject({
              type: word.optional(),
              sentiment: z.enum(['positive', 'negative', 'neutral']),
              aspect: word.optional(),
            }),
          )
          .max(1_000)
          .default([]),
        sessionId: id.optional(),
      }),
    }),
  },
  responses: {
    200: z.object({
      learned: z.record(z.string(), z.unknown()),
      profile: profileView,
      reason: z.string().optional(),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      behaviorData: {
        actions: [{ type: 'click', feature: 'captions' }],
        projects: [{ visualStyle: 'cinematic', category: 'product', duration: 45 }],
        feedback: [{ type: 'style', sentiment: 'positive', aspect: 'pacing' }],
        sessionId: 's-1',
      },
    },
    response: { learned: { visualStyle: { value: 'cinematic', confidence: 0.5 } }, profile: exampleProfile },
  },
});

export const recordSession = defineEndpoint({
  operationId: 'recordSession',
  summary: 'Feed one session: count, timing, device',
  tag,
  routes: [{ method: 'POST', path: '/personalization/session-data' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z
      .strictObject({
        userId: id.optional(),
        sessionId: id,
        startedAt: isoTime,
        endedAt: isoTime.optional(),
        device,
        pages: z
          .array(
            z.union([
              word,
              z.strictObject({
                page: word.optional(),
                path: word.optional(),
                durationMs: z.number().min(0).max(86_400_000).optional(),
                scrollDepth: share.optional(),
              }),
            ]),
          )
          .max(200)
          .optional(),
        actions: z
          .array(
            z.union([
              word,
              z.strictObject({ type: word, feature: word.optional(), contentId: id.optional() }),
            ]),
          )
          .max(200)
          .optional(),
      })
      .superRefine((value, context) => {
        if (!value.endedAt || Date.parse(value.endedAt) >= Date.parse(value.startedAt)) return;
        context.addIssue({ code: 'custom', path: ['endedAt'], message: 'must not be before startedAt' });
      }),
  },
  responses: {
    200: z.object({
      success: z.boolean(),
      sessions: z.object({
        count: z.number().int(),
        lastAt: isoTime.nullable(),
        medianMinutes: z.number().nullable(),
        byHour: z.array(z.number().int()),
      }),
      devices: z.record(z.string(), z.number()),
      reason: z.string().optional(),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      sessionId: 's-1',
      startedAt: '2026-11-20T09:00:00.000Z',
      endedAt: '2026-11-20T09:20:00.000Z',
      device: 'mobile',
      pages: ['dashboard', 'reports'],
    },
    response: {
      success: true,
      sessions: {
        count: 1,
        lastAt: '2026-11-20T09:20:00.000Z',
        medianMinutes: 20,
        byHour: Array(24).fill(0) as number[],
      },
      devices: { mobile: 1 },
    },
  },
});

const goalsAnswer = z.object({
  shortTerm: z.array(goalView),
  longTerm: z.array(goalView),
  version: z.number().int(),
  reason: z.string().optional(),
});
const exampleGoals = {
  shortTerm: [
    {
      title: 'Publish five listings',
      term: 'short' as const,
      metric: 'publish',
      target: 5,
      progress: { measured: true, current: 2, target: 5, ratio: 0.4 },
    },
  ],
  longTerm: [
    {
      title: 'Become the area expert',
      term: 'long' as const,
      progress: { measured: false, reason: 'The goal names no metric' },
    },
  ],
  version: 4,
};

export const putGoals = defineEndpoint({
  operationId: 'putGoals',
  summary: 'Set short- and long-term goals',
  tag,
  routes: [{ method: 'PUT', path: '/personalization/goals' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      shortTerm: z.array(goalInput).max(20).default([]),
      longTerm: z.array(goalInput).max(20).default([]),
    }),
  },
  responses: { 200: goalsAnswer },
  example: {
    body: {
      userId: 'ada',
      shortTerm: [{ title: 'Publish five listings', metric: 'publish', target: 5 }],
      longTerm: ['Become the area expert'],
    },
    response: exampleGoals,
  },
});

export const getGoals = defineEndpoint({
  operationId: 'getGoals',
  summary: 'Goals with progress, measured where the goal names a metric',
  tag,
  routes: [{ method: 'GET', path: '/personalization/goals/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: userParams },
  responses: { 200: goalsAnswer },
  example: { params: { userId: 'ada' }, response: exampleGoals },
});

export const putMarketFocus = defineEndpoint({
  operationId: 'putMarketFocus',
  summary: 'Set the markets or topics that the user works in',
  tag,
  routes: [{ method: 'PUT', path: '/personalization/market-focus' }],
  caller: 'user',
  actsOnUser: true,
  request: { body: z.strictObject({ userId: id.optional(), focus: words }) },
  responses: {
    200: z.object({ success: z.boolean(), marketFocus: z.array(z.string()), version: z.number().int() }),
  },
  example: {
    body: { userId: 'ada', focus: ['Amsterdam-Noord', 'first-time buyers'] },
    response: { success: true, marketFocus: ['Amsterdam-Noord', 'first-time buyers'], version: 2 },
  },
});
