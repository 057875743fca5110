import * as z from 'zod';
import { isoTime, share } from '../common.ts';
import { difficulty, layout, theme } from './values.ts';

const names = z.array(z.string());
const openSlot = z.record(z.string(), z.unknown());

/** What an application looks like for one user. */
export const config = z.object({
  theme,
  layout,
  features: z.object({
    visible: names,
    hidden: names,
    highlighted: names.meta({ description: 'Open, and worth pointing out: not in use yet' }),
  }),
  navigation: names.meta({ description: 'The entries of the navigation, in order' }),
  shortcuts: names,
  content: z.object({
    difficulty,
    filters: openSlot.meta({ description: '`contentTypes`: kinds of content that work for this user' }),
  }),
  settings: openSlot.meta({ description: "The application's own values, set by rules and experiments" }),
});

export const valueReason = z.object({
  source: z.enum(['stated', 'behaviour', 'default', 'rule', 'experiment']),
  by: z.string().optional().meta({ description: 'Id of the rule or key of the experiment' }),
  reason: z.string(),
});

export const appliedRule = z.object({
  ruleId: z.string(),
  name: z.string(),
  priority: z.number().int(),
  version: z.number().int(),
  reason: z.string(),
});

export const shownArm = z.object({ key: z.string(), variant: z.string(), reason: z.string() });

export const segmentRow = z.object({ name: z.string(), confidence: share });

/** A locale like `nl-NL` (BCP 47). */
export const locale = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$/, 'must be a language tag like nl-NL');

/** Where a decision about the config comes from: never from the night's lists. */
export const configSource = z.enum(['computed', 'cache', 'fallback']);

export const configProvenance = {
  decisionId: z.string(),
  generatedAt: isoTime,
  source: configSource,
};
