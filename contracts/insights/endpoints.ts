import * as z from 'zod';
import { id, isoTime, notModified, text, word } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import {
  actionText,
  advice,
  claim,
  domainName,
  factView,
  marketInsight,
  offeredAction,
  prediction,
  suggestedContent,
  textProvenance,
  update,
} from './schemas.ts';

const tag = 'Insights';
const userParams = z.strictObject({ userId: id });
const domainQuery = z.strictObject({ domain: domainName.optional() });

const exampleProvenance = {
  decisionId: '3c9f1a.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
  generatedAt: '2026-11-20T09:30:00.000Z',
  source: 'cache' as const,
  reason: 'Written by a model on 2026-11-20 and checked against the facts',
  writtenBy: 'model' as const,
  textGeneratedAt: '2026-11-20T06:12:00.000Z',
  domain: 'real-estate',
};

const exampleAction = {
  title: 'Two listings to go',
  description: 'You published 3 of 5 listings; the goal is due in 6 days.',
  action: 'create-listing',
  target: '/listings/new',
  priority: 'high' as const,
  reason: 'Goal "Publish five listings": 3 of 5, due on 2026-11-26, behind',
  facts: ['goal1'],
};

export const getDashboard = defineEndpoint({
  operationId: 'getDashboard',
  summary: 'The morning page: priority actions, content, market insights and next best actions',
  tag,
  routes: [{ method: 'GET', path: '/personalization/dashboard/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: userParams, query: domainQuery },
  responses: {
    200: z.object({
      userId: id,
      priorityActions: z.array(actionText),
      suggestedContent: z.array(suggestedContent),
      marketInsights: z.array(marketInsight),
      nextBestActions: z.array(offeredAction),
      reasons: z
        .object({
          priorityActions: z.string().optional(),
          suggestedContent: z.string().optional(),
          marketInsights: z.string().optional(),
          nextBestActions: z.string().optional(),
        })
        .meta({ description: 'Why a list is empty' }),
      ...textProvenance,
    }),
  },
  example: {
    params: { userId: 'ada' },
    response: {
      userId: 'ada',
      priorityActions: [exampleAction],
      suggestedContent: [
        {
          recommendationId: '3c9f1a.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0',
          contentId: 'report-noord-q3',
          contentType: 'market_report',
          title: 'Amsterdam-Noord, third quarter',
          relevanceScore: 0.71,
          confidenceScore: 0.6,
          reason: 'Matches your interest in Amsterdam-Noord',
        },
      ],
      marketInsights: [
        {
          title: 'Noord moves',
          kind: 'trend' as const,
          body: '4 new reports about Amsterdam-Noord in the last 30 days.',
          reason: 'Amsterdam-Noord: 12 items, 4 of them new in the last 30 days',
          facts: ['focus1'],
        },
      ],
      nextBestActions: [
        {
          action: 'call-lead',
          title: 'Call back your newest lead',
          description: 'Leads that are called within a day answer more often.',
          target: '/leads?sort=newest',
          probability: 0.31,
          expectedValue: 24.8,
          expiresAt: '2026-11-20T17:30:00.000Z',
          reason: 'You often do this after opening the dashboard (31 %)',
          facts: ['next1'],
        },
      ],
      reasons: {},
      ...exampleProvenance,
    },
  },
});

export const suggest = defineEndpoint({
  operationId: 'suggest',
  summary: 'What to do next on a page: by a model within two seconds, else by rules',
  tag,
  routes: [{ method: 'POST', path: '/personalization/suggestions' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      domain: domainName.optional(),
      context: z.strictObject({
        currentPage: text.trim().min(1).max(200),
        recentActions: z
          .array(z.union([word, z.looseObject({ type: word, feature: word.optional() })]))
          .max(1_000)
          .default([])
          .meta({ description: 'Newest last; the last 20 are looked at' }),
        timeOfDay: word
          .optional()
          .meta({ description: '`morning`, `evening`, ..., or a time such as `09:30`' }),
        profileCompletion: z
          .number()
          .min(0)
          .max(100)
          .optional()
          .meta({ description: 'In percent; 0-1 is understood as a share' }),
      }),
    }),
  },
  responses: {
    200: z.object({ userId: id, suggestions: z.array(actionText), ...textProvenance }),
  },
  example: {
    body: {
      userId: 'ada',
      context: {
        currentPage: 'listings',
        recentActions: ['open_listing', 'edit_listing'],
        timeOfDay: 'morning',
        profileCompletion: 60,
      },
    },
    response: { userId: 'ada', suggestions: [exampleAction], ...exampleProvenance },
  },
});

export const getInsights = defineEndpoint({
  operationId: 'getInsights',
  summary: 'Behaviour, predictions with their factors, and advice, each with the facts behind it',
  tag,
  routes: [{ method: 'GET', path: '/personalization/insights/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: userParams, query: domainQuery },
  responses: {
    200: z.object({
      userId: id,
      behaviour: z.array(claim),
      predictions: z.array(prediction),
      advice: z.array(advice),
      facts: z.array(factView),
      ...textProvenance,
    }),
  },
  example: {
    params: { userId: 'ada' },
    response: {
      userId: 'ada',
      behaviour: [
        {
          text: 'You use the market report most: 12 times so far.',
          reason: 'Feature market-report: used 12 times, last 1 day ago',
          facts: ['feature1'],
        },
      ],
      predictions: [
        {
          name: 'churn' as const,
          text: 'You are likely to come back: the risk of leaving is 12 %.',
          value: 0.12,
          factors: [{ factor: 'recency', contribution: 0.02, detail: 'last active 1 day ago' }],
          method: 'rule' as const,
          reason: 'Risk of leaving: 12 %',
          facts: ['churn1'],
        },
      ],
      advice: [
        {
          title: 'Two listings to go',
          text: 'You published 3 of 5 listings.',
          action: 'create-listing',
          target: '/listings/new',
          reason: 'Goal "Publish five listings": 3 of 5',
          facts: ['goal1'],
        },
      ],
      facts: [{ id: 'goal1', kind: 'goal', says: 'Goal "Publish five listings": 3 of 5' }],
      ...exampleProvenance,
    },
  },
});

export const getRealtimeUpdates = defineEndpoint({
  operationId: 'getRealtimeUpdates',
  summary: 'What is new since a moment: recommendations, achievements, insights',
  tag,
  routes: [{ method: 'GET', path: '/personalization/realtime-updates/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: userParams,
    query: z.strictObject({
      since: isoTime.optional().meta({ description: 'The `until` of the answer before; default: a day ago' }),
    }),
  },
  responses: {
    200: z.object({
      userId: id,
      updates: z.array(update),
      recommendations: z.boolean().meta({ description: 'Whether there are new recommendations' }),
      achievements: z.array(z.string()).meta({ description: 'Ids of achievements that were unlocked' }),
      insights: z.boolean().meta({ description: 'Whether there are new insights' }),
      since: isoTime,
      until: isoTime.meta({ description: 'Ask with it next time' }),
      reason: z.string().optional(),
    }),
    304: notModified,
  },
  example: {
    params: { userId: 'ada' },
    query: { since: '2026-11-20T09:00:00.000Z' },
    response: {
      userId: 'ada',
      updates: [
        {
          id: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
          kind: 'insights' as const,
          at: '2026-11-20T09:12:00.000Z',
          about: 'real-estate',
          title: 'New insights were written',
        },
      ],
      recommendations: false,
      achievements: [],
      insights: true,
      since: '2026-11-20T09:00:00.000Z',
      until: '2026-11-20T09:12:00.000Z',
    },
  },
});
