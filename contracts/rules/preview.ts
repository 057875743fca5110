import * as z from 'zod';
import { freeForm, id, shortText } from '../common.ts';
import { config, valueReason } from '../config/schemas.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleBody } from './schemas.ts';
import { clause, verdict } from './verdicts.ts';

const exactlyOne = ({ rule, ruleId }: { rule?: unknown; ruleId?: unknown }): boolean =>
  (rule === undefined) !== (ruleId === undefined);

const notBoth = ({ userId, context }: { userId?: unknown; context?: unknown }): boolean =>
  userId === undefined || context === undefined;

const body = z
  .strictObject({
    rule: ruleBody.extend({ name: shortText.default('Draft') }).optional(),
    ruleId: id.optional(),
    userId: id.optional().meta({ description: 'On this user as they are now' }),
    context: freeForm().optional().meta({
      description: 'On these data: everything that the condition sees. What is left out is unknown',
    }),
  })
  .refine(exactlyOne, { path: ['rule'], message: 'must be given, or ruleId, and not both' })
  .refine(notBoth, { path: ['context'], message: 'must not be given together with userId' });

export const previewRule = defineEndpoint({
  operationId: 'previewRule',
  summary:
    'Dry run of a rule, stored or not, enabled or not, on a user or on given data: which clause failed and what it saw. Stores nothing',
  tag: 'Rules',
  routes: [{ method: 'POST', path: '/personalization/rules/preview' }],
  caller: 'admin',
  actsOnUser: false,
  request: { body },
  responses: {
    200: z.object({
      matches: z.boolean().meta({ description: 'Whether it acts, or would but for its holdout' }),
      verdict,
      reason: z.string(),
      text: z.string().meta({ description: 'The condition in words' }),
      clauses: z.array(clause),
      config: config.meta({ description: 'The defaults with this rule alone on top, where it acts' }),
      reasons: z.record(z.string(), valueReason),
    }),
  },
  example: {
    body: {
      rule: {
        name: 'Compact for experts',
        condition: {
          and: [{ '>=': [{ var: 'user.engagementLevel' }, 4] }, { in: ['power_user', { var: 'segments' }] }],
        },
        actions: { layout: 'compact' },
      },
      context: { user: { engagementLevel: 5 }, segments: ['casual_user'] },
    },
    response: {
      matches: false,
      verdict: 'condition not met',
      reason: 'segments casual_user (segment power_user)',
      text: 'engagement level at least 4 and segment power_user',
      clauses: [
        {
          path: 'user.engagementLevel',
          passed: true,
          value: 5,
          expected: 4,
          text: 'engagement level at least 4',
        },
        {
          path: 'segments',
          passed: false,
          value: ['casual_user'],
          expected: 'power_user',
          text: 'segment power_user',
        },
      ],
      config: {
        theme: 'light',
        layout: 'comfortable',
        features: { visible: [], hidden: [], highlighted: [] },
        navigation: [],
        shortcuts: [],
        content: { difficulty: 'beginner', filters: {} },
        settings: {},
      },
      reasons: { layout: { source: 'default', reason: 'Nothing is known yet' } },
    },
  },
});
