import * as z from 'zod';
import { device, freeForm, id, provenance, share, word } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { domainName } from '../insights/schemas.ts';

const tag = 'Generation';

const value = z.union([z.string().max(200), z.number(), z.boolean()]);
const MOST_PARAMETERS = 50;

const parameters = z.record(word, value);
const toldParameters = parameters.refine(
  (told) => Object.keys(told).length <= MOST_PARAMETERS,
  `must be at most ${MOST_PARAMETERS} parameters`,
);

const exampleParameters = {
  visualStyle: 'bold',
  durationSeconds: 30,
  aspectRatio: '9:16',
  resolution: '1080p',
  pacing: 'fast',
  captions: true,
  category: 'product',
  music: 'upbeat',
};

/** Of somebody unknown, for a social video on a phone. */
const because = (reason: string) => ({
  reason,
  confidence: 0.109,
  expected: 0.55,
  from: 'default' as const,
});

export const decideGenerationParams = defineEndpoint({
  operationId: 'decideGenerationParams',
  summary: 'Parameters of a generation that are expected to do best for this user, with their confidence',
  tag,
  routes: [{ method: 'POST', path: '/personalization/generation-params' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      domain: domainName.optional(),
      context: z
        .strictObject({ purpose: word.optional(), device: device.optional() })
        .catchall(z.unknown())
        .prefault({}),
    }),
  },
  responses: {
    200: z.object({
      generationId: id.meta({ description: 'Tell the outcome with it' }),
      parameters,
      confidence: share,
      reasons: z.record(
        z.string(),
        z.object({
          reason: z.string(),
          confidence: share,
          expected: share.meta({ description: 'Reward that is expected of the value, 0-1' }),
          from: z.enum(['user', 'segment', 'everybody', 'stated', 'default']),
        }),
      ),
      reason: z.string().optional(),
      ...provenance,
    }),
  },
  example: {
    body: { userId: 'ada', context: { purpose: 'social', device: 'mobile' } },
    response: {
      generationId: 'gen.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
      parameters: exampleParameters,
      confidence: 0.109,
      reasons: {
        visualStyle: because('Visual style "bold" suits the purpose "social"'),
        durationSeconds: because('Duration in seconds 30 suits the purpose "social"'),
        aspectRatio: because('Aspect ratio "9:16" suits the purpose "social"'),
        resolution: because('Resolution "1080p" is usual; no outcome says better yet'),
        pacing: because('Pacing "fast" suits the purpose "social"'),
        captions: because('Captions on is usual; no outcome says better yet'),
        category: because('Category "product" is usual; no outcome says better yet'),
        music: because('Music "upbeat" suits the purpose "social"'),
      },
      decisionId: '508c32.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.mXt2nQ1YigWj',
      generatedAt: '2026-11-20T09:30:00.000Z',
      source: 'computed' as const,
    },
  },
});

export const recordVideoGeneration = defineEndpoint({
  operationId: 'recordVideoGeneration',
  summary: 'How a generation ended; moves the next parameters of the user',
  tag,
  routes: [{ method: 'POST', path: '/personalization/integrate-video-generation' }],
  caller: 'service',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      generationId: id,
      parameters: toldParameters.optional().meta({
        description:
          'What the generator was told. May be left out for a generation whose parameters the engine chose; else required',
      }),
      context: z
        .strictObject({ purpose: word.optional(), device: device.optional() })
        .optional()
        .meta({ description: 'Of a generation whose parameters the engine did not choose' }),
      domain: domainName.optional(),
      outcome: z.strictObject({
        status: z.enum(['completed', 'failed', 'cancelled', 'published', 'discarded']),
        rating: z.number().min(1).max(5).optional(),
        watchedRatio: share.optional(),
      }),
    }),
  },
  responses: {
    200: z.object({
      success: z.boolean(),
      generationId: id,
      reward: share.nullable().meta({ description: 'What the outcome is worth; null where it says nothing' }),
      learned: z
        .record(z.string(), value)
        .meta({ description: 'The values that the outcome spoke for or against' }),
      known: z.boolean().meta({ description: 'Whether the engine chose the parameters' }),
      reason: z.string().optional(),
    }),
  },
  example: {
    body: {
      userId: 'ada',
      generationId: 'gen.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
      parameters: exampleParameters,
      outcome: { status: 'completed', rating: 5, watchedRatio: 0.9 },
    },
    response: {
      success: true,
      generationId: 'gen.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
      reward: 0.96,
      learned: exampleParameters,
      known: true,
    },
  },
});

export const integrateContentAnalysis = defineEndpoint({
  operationId: 'integrateContentAnalysis',
  summary: 'What an analysis found in a content: enriches the catalogue and the users who engaged with it',
  tag,
  routes: [{ method: 'POST', path: '/personalization/integrate-content-analysis' }],
  caller: 'service',
  actsOnUser: false,
  request: {
    body: z.strictObject({
      contentId: id,
      analysis: z.strictObject({
        topics: z.array(word).max(50).default([]),
        style: word.optional(),
        sentiment: z
          .union([z.enum(['positive', 'negative', 'neutral']), z.number().min(-1).max(1)])
          .optional(),
        quality: share.optional().meta({ description: '0-1' }),
        attributes: freeForm(4_096).optional(),
      }),
    }),
  },
  responses: {
    200: z.object({
      success: z.boolean(),
      contentId: id,
      topics: z.array(z.string()),
      style: z.string().optional(),
      changed: z.array(z.string()).meta({ description: 'Fields of the catalogue item that changed' }),
      reason: z.string(),
    }),
  },
  example: {
    body: {
      contentId: 'video-101',
      analysis: { topics: ['product launch'], style: 'cinematic', sentiment: 'positive', quality: 0.8 },
    },
    response: {
      success: true,
      contentId: 'video-101',
      topics: ['branding', 'product launch'],
      style: 'cinematic',
      changed: [
        'topics',
        'tags',
        'attributes.style',
        'attributes.sentiment',
        'attributes.quality',
        'attributes.analysis',
      ],
      reason: 'Users who engaged with it are described by it from their next read on',
    },
  },
});
