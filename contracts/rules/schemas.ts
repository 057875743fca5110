import * as z from 'zod';
import { asRead, id, isoTime, longText, shortText, word } from '../common.ts';
import { effectiveConfigPatch } from '../config/patch.ts';

const scheduleTime = z
  .union(
    [z.iso.datetime({ offset: true, local: true }), z.iso.date()],
    'must be a time of ISO 8601, with or without an offset, or a day',
  )
  .meta({
    description:
      'ISO 8601; with an offset (or Z) one moment for everybody, without one the time on the clock of the user; a day is its first moment',
  });

const schedule = z.strictObject({ from: scheduleTime.optional(), to: scheduleTime.optional() });

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JsonLogic: what it may hold is checked by the engine, with a path for every fault. */
export const condition = z
  .custom<Json>(
    (value) =>
      typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value)),
    'must be an operator with its arguments, or true',
  )
  .meta({
    anyOf: [{ type: 'object', additionalProperties: true }, { type: 'boolean' }],
    description:
      'JsonLogic (https://jsonlogic.com) over user, segments, confidence, session, features, device, locale, context, now and experiments; `true` is met by everybody',
  });

const version = z.number().int().min(1);

/** A rule as an administrator writes it. */
export const ruleBody = z.strictObject({
  name: shortText,
  description: longText.optional(),
  enabled: z.boolean().default(true),
  priority: z.number().int().min(-1_000).max(1_000).default(0).meta({
    description: 'Where two rules set the same slot the higher wins; of two as high the older',
  }),
  contexts: z.array(word).max(20).default([]).meta({ description: 'Where it is asked; empty: everywhere' }),
  condition,
  actions: effectiveConfigPatch,
  schedule: schedule.optional(),
  experimentKey: id.optional().meta({
    description:
      'The experiment that tests this rule: while it runs, only users of an arm other than the control get it',
  }),
  holdout: z.number().min(0).max(0.5).optional().meta({
    description: 'Share of the users who match and do not get it, so that its effect can be measured',
  }),
});

/** The same, in place of the present version: also a rule as it was read, with what was edited in it. */
export const ruleReplacement = ruleBody
  .extend({
    version: version.optional().meta({ description: 'The version that this replaces; a stale one is 409' }),
    ruleId: id.optional().meta({ description: 'That of the path' }),
    createdAt: asRead,
    updatedAt: asRead,
    changedBy: asRead,
  })
  .transform(({ createdAt: _, updatedAt: __, changedBy: ___, ...replacement }) => replacement);

const stated = {
  name: z.string(),
  description: z.string().optional(),
  enabled: z.boolean(),
  priority: z.number().int(),
  contexts: z.array(z.string()),
  condition: z.unknown(),
  actions: z.record(z.string(), z.unknown()),
  schedule: z.object({ from: z.string().optional(), to: z.string().optional() }).optional(),
  experimentKey: z.string().optional(),
  holdout: z.number().optional(),
};

/** A rule in force. */
export const rule = z.object({
  ruleId: z.string(),
  ...stated,
  version,
  createdAt: isoTime,
  updatedAt: isoTime,
  changedBy: z.string().meta({ description: '`sub` of the caller who made this version' }),
});

export const ruleVersion = z.object({
  ruleId: z.string(),
  version,
  action: z.enum(['created', 'updated', 'restored', 'deleted']),
  changedAt: isoTime,
  changedBy: z.string(),
  reason: z.string().optional(),
  rule: z.object(stated).nullable().meta({ description: 'null where it was deleted' }),
});
