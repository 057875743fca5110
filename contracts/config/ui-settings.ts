import * as z from 'zod';
import { freeForm, id, provenance, word } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { valueReason } from './schemas.ts';

export const decideUiSettings = defineEndpoint({
  operationId: 'decideUiSettings',
  summary: 'Theme, layout, density, shortcuts and hidden features from how the user works',
  tag: 'Config',
  routes: [{ method: 'POST', path: '/personalization/ui-settings' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    body: z.strictObject({
      userId: id.optional(),
      context: z.union([word, freeForm(4_096)]).optional(),
    }),
  },
  responses: {
    200: z.object({
      settings: z.object({
        theme: z.string(),
        layout: z.string(),
        density: z.enum(['comfortable', 'normal', 'compact']),
        shortcuts: z.array(z.string()),
        hiddenFeatures: z.array(z.string()),
      }),
      reasons: z.record(z.string(), valueReason),
      reason: z.string().optional(),
      ...provenance,
    }),
  },
  example: {
    body: { userId: 'ada', context: 'editor' },
    response: {
      settings: {
        theme: 'dark',
        layout: 'compact',
        density: 'compact',
        shortcuts: ['captions'],
        hiddenFeatures: ['beat-cut', 'brand-kit'],
      },
      reasons: {
        theme: { source: 'stated', reason: 'The theme "dark" is among the user\'s preferences' },
        layout: { source: 'stated', reason: 'The layout "compact" is among the user\'s preferences' },
        density: {
          source: 'stated',
          reason: 'Follows the layout "compact": The layout "compact" is among the user\'s preferences',
        },
        shortcuts: { source: 'behaviour', reason: 'Used most lately; captions 8 times in all' },
        hiddenFeatures: {
          source: 'behaviour',
          reason: '2 features held back: never used, and for a higher level than is open now',
        },
      },
      decisionId: 'cfg.01JD6Z7Q9T3V5X8Y2A.q4kZLVLrfIWx',
      generatedAt: '2026-11-20T09:30:00.000Z',
      source: 'computed',
    },
  },
});
