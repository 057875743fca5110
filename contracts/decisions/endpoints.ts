import * as z from 'zod';
import { id, isoTime } from '../common.ts';
import { config, segmentRow, valueReason } from '../config/schemas.ts';
import { defineEndpoint } from '../endpoint.ts';
import { clause, verdict } from '../rules/verdicts.ts';

const explainedRule = z.object({
  ruleId: z.string(),
  name: z.string(),
  priority: z.number().int(),
  version: z.number().int(),
  verdict,
  reason: z.string(),
  clauses: z.array(clause),
});

const explainedArm = z.object({
  key: z.string(),
  variant: z.string(),
  inExperiment: z.boolean(),
  reason: z.string(),
});

const candidate = z.object({
  recommendationId: z.string(),
  itemId: z.string(),
  title: z.string().optional(),
  score: z.number(),
  parts: z.record(z.string(), z.number()),
  reason: z.string(),
});

const candidateSource = z.object({
  source: z.string(),
  meaning: z.string(),
  elements: z.number().int().meta({ description: 'How many of the shown elements it spoke for' }),
});

const workflow = z.object({
  actions: z.number().int(),
  sequences: z.array(z.object({ sequence: z.array(z.string()), support: z.number() })),
  nextSteps: z.array(z.object({ action: z.string(), probability: z.number() })),
  bestHours: z.array(z.object({ hour: z.number().int(), score: z.number() })),
  shortcuts: z.array(z.object({ from: z.string(), to: z.string(), support: z.number() })),
});

const insights = z.object({
  domain: z.string(),
  writtenBy: z.enum(['model', 'rules']),
  reason: z.string(),
  factsHash: z.string().meta({ description: 'Equal facts have the same' }),
  texts: z.array(
    z.object({
      section: z.string(),
      name: z.string().meta({ description: 'The template, or the beginning of what a model wrote' }),
      facts: z.array(z.string()),
    }),
  ),
  actions: z.array(z.object({ action: z.string(), probability: z.number() })),
});

const homepage = z.object({
  domain: z.string(),
  hero: z.object({ id: z.string(), reason: z.string(), confidence: z.number() }),
  sections: z
    .array(z.object({ section: z.string(), elements: z.number().int() }))
    .meta({ description: 'How many of the candidates stand in each section, in their order' }),
});

const generation = z.object({
  domain: z.string(),
  generationId: z.string(),
  purpose: z.string().optional(),
  parameters: z.array(
    z.object({
      name: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
      from: z.string(),
      expected: z.number(),
      confidence: z.number(),
      reason: z.string().meta({ description: 'Empty where the trace had no room for it' }),
    }),
  ),
});

const path = z.object({
  pathId: z.string(),
  topic: z.string(),
  level: z.string(),
  version: z.number().int(),
  style: z.string().optional(),
  pace: z.number().meta({ description: 'What durations were multiplied with' }),
  mastery: z.object({ mastery: z.number(), confidence: z.number(), results: z.number().int() }),
  terms: z
    .object({ performance: z.number(), time: z.number(), engagement: z.number() })
    .meta({ description: 'difficulty = base x (1 + performance + time + engagement)' }),
  signal: z.string(),
  modules: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      difficulty: z.number(),
      estimatedMinutes: z.number(),
    }),
  ),
  next: z.string().optional(),
});

const following = z.object({
  interactionId: z.string(),
  type: z.string(),
  contentId: z.string().optional(),
  position: z.number().int().optional(),
  occurredAt: isoTime,
});

const ofConfig = {
  device: z.string().optional(),
  locale: z.string().optional(),
  timezone: z.string().optional(),
  ruleSetVersion: z.number().int().optional(),
  experimentSetVersion: z.number().int().optional(),
  config: config.optional(),
  reasons: z.record(z.string(), valueReason).optional(),
  reproduced: z.boolean().optional().meta({
    description:
      'Whether the same function on the stored inputs gives what the user got; `notes` say why not',
  }),
};

const ofRecommendations = {
  rung: z.string().optional(),
  model: z.number().int().optional(),
  shown: z.number().int().optional(),
  candidates: z.array(candidate).optional(),
  sources: z.array(candidateSource).optional(),
};

export const getDecision = defineEndpoint({
  operationId: 'getDecision',
  summary: 'Why a user got this answer: every rule, matched or not, segments, arms, scores; for 30 days',
  tag: 'Decisions',
  routes: [{ method: 'GET', path: '/personalization/decisions/{decisionId}' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: z.strictObject({ decisionId: id }),
    query: z.strictObject({
      userId: id.optional().meta({
        description: 'Needed by services where the id does not name its user: user ids over 60 characters',
      }),
    }),
  },
  responses: {
    200: z.object({
      decisionId: id,
      kind: z.enum([
        'config',
        'recommendations',
        'workflow',
        'assignment',
        'insights',
        'homepage',
        'generation',
        'path',
      ]),
      userId: id,
      decidedAt: isoTime,
      context: z.string(),
      source: z.enum(['computed', 'precomputed', 'cache', 'fallback']),
      segments: z.array(segmentRow).meta({ description: 'At that moment' }),
      rules: z.array(explainedRule).meta({ description: 'Every rule as it was then, by precedence' }),
      experiments: z.array(explainedArm),
      ...ofConfig,
      ...ofRecommendations,
      workflow: workflow.optional(),
      insights: insights.optional(),
      generation: generation.optional(),
      path: path.optional(),
      homepage: homepage.optional(),
      followedBy: z.array(following).meta({
        description:
          'What the user did since that names this decision by `decisionId` or `recommendationId`, oldest first',
      }),
      notes: z.array(z.string()).meta({ description: 'What was not kept, and what has changed since' }),
    }),
  },
  example: {
    params: { decisionId: 'cfg.01JD6Z7Q9T3V5X8Y2A.6lv8uWg-xL9U' },
    response: {
      decisionId: 'cfg.01JD6Z7Q9T3V5X8Y2A.6lv8uWg-xL9U',
      kind: 'config',
      userId: 'ada',
      decidedAt: '2026-11-21T09:30:00.000Z',
      context: 'dashboard',
      source: 'computed',
      segments: [{ name: 'power_user', confidence: 0.87 }],
      rules: [
        {
          ruleId: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
          name: 'Pro tips',
          priority: 10,
          version: 3,
          verdict: 'condition not met',
          reason: 'attributes plan is free, not pro',
          clauses: [
            {
              path: 'user.attributes.plan',
              passed: false,
              value: 'free',
              expected: 'pro',
              text: 'attributes plan is pro',
            },
          ],
        },
      ],
      experiments: [
        {
          key: 'dense-table',
          variant: 'treatment',
          inExperiment: true,
          reason: 'The user saw this arm before',
        },
      ],
      device: 'desktop',
      timezone: 'Europe/Amsterdam',
      ruleSetVersion: 41,
      experimentSetVersion: 3,
      config: {
        theme: 'dark',
        layout: 'compact',
        features: { visible: ['search', 'export'], hidden: [], highlighted: [] },
        navigation: ['export', 'search'],
        shortcuts: ['export'],
        content: { difficulty: 'advanced', filters: {} },
        settings: {},
      },
      reasons: { layout: { source: 'behaviour', reason: 'A power user (87 % sure, 412 interactions)' } },
      reproduced: true,
      followedBy: [{ interactionId: '01JD6ZB1', type: 'purchase', occurredAt: '2026-11-21T09:41:00.000Z' }],
      notes: [],
    },
  },
});
