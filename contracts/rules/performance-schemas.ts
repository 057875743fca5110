import * as z from 'zod';
import { isoTime, share } from '../common.ts';

const count = z.number().int().min(0);
const version = z.number().int().min(1);
const difference = z.number().min(-1).max(1);

const arm = {
  exposures: count.meta({ description: 'Users, each once: by the first decision' }),
  conversions: count.meta({ description: 'Those of them who converted within 7 days after it' }),
  conversionRate: share,
  rateInterval: z.tuple([share, share]).meta({ description: 'Of the rate, 95 % (Wilson)' }),
};

const lift = z.object({
  absolute: difference.meta({ description: 'Difference of the conversion rates' }),
  relative: z.number().nullable().meta({ description: 'As a share of the other rate; null where that is 0' }),
  interval: z.tuple([difference, difference]).meta({
    description: 'Of `absolute` (Newcombe 1998, method 10)',
  }),
  relativeInterval: z
    .tuple([z.number(), z.number()])
    .nullable()
    .meta({ description: 'Of `relative` (Katz 1978); null where nobody converted in one group' }),
  confidence: share,
  pValue: share.meta({ description: 'Two-sided, pooled' }),
});

const effect = {
  ...arm,
  control: z.object(arm).meta({ description: 'The users it is compared with, see `comparison`' }),
  lift: lift.nullable(),
  reason: z.string().nullable().meta({ description: 'Why there is no lift' }),
};

const byRule = z.array(z.object({ ruleId: z.string(), users: count }));

/** What one rule did. */
export const performance = z.object({
  ruleId: z.string(),
  name: z.string(),
  version: version.meta({
    description: 'The version that is counted here: the present one, or the last that was in force',
  }),
  presentVersion: version,
  period: z
    .object({ from: isoTime, to: isoTime })
    .meta({ description: 'Decisions of this time are counted' }),
  asOf: isoTime.nullable().meta({ description: 'When it was counted; null before the first time' }),
  ...effect,
  asked: count.meta({ description: 'Users whose decisions asked the rule' }),
  matched: count.meta({ description: 'Those of them who met the condition' }),
  events: count.meta({ description: 'All conversions of the users who got it' }),
  value: z.number().min(0).meta({ description: "What these brought, in the application's own unit" }),
  pending: count.meta({ description: 'Exposures whose 7 days are not over: conversions may still come' }),
  comparison: z.enum(['held out', 'not matched']).meta({
    description: '`held out` is random; `not matched` users differ in more than the rule',
  }),
  bySegment: z.array(z.object({ segment: z.string(), ...effect })).meta({
    description: 'By segment at the first exposure; a user is in several, or none',
  }),
  conflicts: z.object({
    lost: count.meta({ description: 'Users for whom another rule set a slot of this one' }),
    lostTo: byRule,
    won: count.meta({ description: 'Users for whom this rule set a slot of another one' }),
    wonOver: byRule,
    silenced: count.meta({ description: 'Users for whom others set all of its slots' }),
  }),
  earlierVersions: z.array(z.object({ version, ...arm })),
  note: z.string().meta({ description: 'What the comparison can and cannot say' }),
});

const action = z.enum(['keep', 'raise', 'lower', 'disable']);
const priority = z.number().int();

export const optimization = z.object({
  advice: z.array(
    z.object({
      ruleId: z.string(),
      name: z.string(),
      version,
      action,
      priority: z.object({ from: priority, to: priority }).optional(),
      evidence: performance.extend({
        adjustedPValue: share.nullable().meta({
          description: 'The p-value adjusted for all rules tested (Benjamini-Hochberg)',
        }),
        tested: count,
      }),
      reason: z.string(),
    }),
  ),
  applied: z.array(z.object({ ruleId: z.string(), action, fromVersion: version, toVersion: version })),
  skipped: z.array(z.object({ ruleId: z.string(), action, reason: z.string() })),
  asOf: isoTime.nullable(),
});
