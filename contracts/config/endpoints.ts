import * as z from 'zod';
import { device, freeForm, id, notModified, word } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import {
  appliedRule,
  config,
  configProvenance,
  locale,
  segmentRow,
  shownArm,
  valueReason,
} from './schemas.ts';

const MOST_ATTRIBUTE_BYTES = 4_096;

export const decideConfig = defineEndpoint({
  operationId: 'decideConfig',
  summary: 'The configuration of the application for a user, here and now; every value says why',
  tag: 'Config',
  routes: [{ method: 'POST', path: '/personalization/config' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      context: word.meta({
        description: 'Where it is asked for: `login`, `dashboard`, `settings`, any word',
      }),
      device: device.optional(),
      locale: locale.optional(),
      attributes: freeForm(MOST_ATTRIBUTE_BYTES).optional().meta({
        description:
          "What the application knows at this moment; goes over the profile's attributes, and is not stored there",
      }),
    }),
  },
  responses: {
    200: z.object({
      config,
      reasons: z
        .record(z.string(), valueReason)
        .meta({ description: 'Why each slot holds its value, by its path' }),
      appliedRules: z.array(appliedRule),
      experiments: z.array(shownArm),
      segments: z.array(segmentRow),
      ttlSeconds: z
        .number()
        .int()
        .min(0)
        .meta({ description: 'How long it may be used without asking again' }),
      ...configProvenance,
      reason: z.string().optional().meta({ description: 'Why the answer is not personal' }),
    }),
    304: notModified,
  },
  example: {
    body: {
      userId: 'ada',
      context: 'dashboard',
      device: 'desktop',
      locale: 'nl-NL',
      attributes: { plan: 'pro' },
    },
    response: {
      config: {
        theme: 'dark',
        layout: 'compact',
        features: { visible: ['search', 'export', 'api'], hidden: [], highlighted: ['api'] },
        navigation: ['export', 'search'],
        shortcuts: ['export'],
        content: { difficulty: 'advanced', filters: {} },
        settings: { banner: 'pro-tips' },
      },
      reasons: {
        theme: { source: 'stated', reason: 'The theme "dark" is among the user\'s preferences' },
        layout: { source: 'behaviour', reason: 'A power user (87 % sure, 412 interactions)' },
        'settings.banner': {
          source: 'rule',
          by: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
          reason: 'Rule "Pro tips": plan is pro',
        },
      },
      appliedRules: [
        {
          ruleId: '01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
          name: 'Pro tips',
          priority: 10,
          version: 3,
          reason: 'plan is pro',
        },
      ],
      experiments: [{ key: 'dense-table', variant: 'treatment', reason: 'The user saw this arm before' }],
      segments: [{ name: 'power_user', confidence: 0.87 }],
      ttlSeconds: 60,
      decisionId: 'cfg.01JD6Z7Q9T3V5X8Y2A',
      generatedAt: '2026-11-21T09:30:00.000Z',
      source: 'computed',
    },
  },
});
