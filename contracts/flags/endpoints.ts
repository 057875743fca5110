import * as z from 'zod';
import { device, freeForm, id, notModified, text, word } from '../common.ts';
import { locale } from '../config/schemas.ts';
import { defineEndpoint } from '../endpoint.ts';
import { withFailure } from './failure.ts';

const tag = 'Feature flags';
const LARGEST_CONTEXT = 4_096;

/** SDKs send an empty or null targeting key where the application set none. */
const targetingKey = z.preprocess((given) => (given === '' || given === null ? undefined : given), id);

const known = {
  targetingKey,
  context: word.optional(),
  device: device.optional(),
  locale: locale.optional(),
  recommendations: z.union([z.string().max(200), z.array(z.string().max(100)).max(20)]).optional(),
};

/** OpenFeature's evaluation context: bounded as everything free-form is, with the names that mean something here. */
const evaluationContext = freeForm(LARGEST_CONTEXT)
  .meta({
    type: 'object',
    required: ['targetingKey'],
    properties: {
      targetingKey: {
        type: 'string',
        pattern: '^[A-Za-z0-9._:@-]{1,128}$',
        description: 'The user',
      },
      context: {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        description: 'Place that asks, as in POST /personalization/config; "default" where nothing is said',
      },
      device: {
        description: 'Kind of device, or an object with `type`',
        anyOf: [
          { type: 'string', minLength: 1, maxLength: 100 },
          { type: 'object', properties: { type: { type: 'string' } }, required: ['type'] },
        ],
      },
      locale: { type: 'string', maxLength: 35, description: 'Language tag' },
      recommendations: {
        anyOf: [
          { type: 'string', maxLength: 200 },
          { type: 'array', items: { type: 'string' } },
        ],
        description:
          'Recommendation slots for a bulk evaluation to bring along: "hybrid" or ["hybrid", "trending"]',
      },
    },
    additionalProperties: true,
    description:
      'Everything that has no name of its own is an attribute, which rules and experiments may read',
  })
  .pipe(z.looseObject(known));

const evaluationRequest = z
  .strictObject({
    // No context at all lacks the targeting key, and nothing else is wrong with it.
    context: z.preprocess((given) => (given === undefined ? {} : given), evaluationContext),
  })
  .transform(({ context }) => ({ userId: context.targetingKey, context }));

const flagValue = z
  .custom<boolean | string | number | readonly unknown[] | { readonly [key: string]: unknown }>(
    (value) => value !== undefined && value !== null,
  )
  .meta({
    type: ['boolean', 'string', 'number', 'array', 'object'],
    description:
      'Left out where the default of the application is to serve (an arm without a value beside arms with one). Lists (`navigation`, `features.visible`, recommendations) are structures to OpenFeature',
  });

const metadata = z.record(z.string(), z.union([z.boolean(), z.string(), z.number()]));

const evaluation = z
  .object({
    key: z.string(),
    value: flagValue.optional(),
    reason: z.enum(['DEFAULT', 'TARGETING_MATCH', 'SPLIT', 'DISABLED']),
    variant: z.string(),
    metadata: metadata.meta({
      description:
        '`decisionId`, `from` (stated, behaviour, default, rule, experiment, recommendation), `reason` in words, `ruleId` or `experimentKey`',
    }),
  })
  .meta({ id: 'FlagEvaluation' });

const exampleContext = { targetingKey: 'ada', context: 'dashboard', device: 'desktop', plan: 'pro' };
const exampleDecisionId = 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H';
const exampleProvenance = {
  source: 'computed',
  generatedAt: '2026-11-20T09:30:00.000Z',
};
const exampleFlag = {
  key: 'theme',
  value: 'dark',
  reason: 'TARGETING_MATCH' as const,
  variant: 'dark',
  metadata: {
    decisionId: exampleDecisionId,
    from: 'behaviour',
    reason: '62 % of 120 interactions fell between 20:00 and 06:00',
  },
};

export const evaluateFlag = defineEndpoint({
  operationId: 'evaluateFlag',
  summary: 'One flag for OpenFeature (OFREP 0.3): a config slot, an experiment or a recommendation slot',
  tag,
  routes: [{ method: 'POST', path: '/ofrep/v1/evaluate/flags/{key}' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: z.strictObject({ key: text.min(1).max(256) }),
    body: evaluationRequest,
  },
  responses: { 200: evaluation },
  extendProblem: withFailure,
  example: {
    params: { key: 'theme' },
    body: { context: exampleContext },
    response: { ...exampleFlag, metadata: { ...exampleFlag.metadata, ...exampleProvenance } },
  },
});

export const evaluateFlags = defineEndpoint({
  operationId: 'evaluateFlags',
  summary: 'Every flag of a user for OpenFeature (OFREP 0.3), in one decision; ETag and 304',
  tag,
  routes: [{ method: 'POST', path: '/ofrep/v1/evaluate/flags' }],
  caller: 'user',
  actsOnUser: true,
  request: { body: evaluationRequest },
  responses: { 200: z.object({ flags: z.array(evaluation), metadata }), 304: notModified },
  extendProblem: withFailure,
  example: {
    body: { context: exampleContext },
    response: {
      flags: [exampleFlag],
      metadata: { decisionId: exampleDecisionId, ttlSeconds: 60, ...exampleProvenance },
    },
  },
});
