import * as z from 'zod';
import { asRead, freeForm, id, isoTime, share, shortText, word } from '../common.ts';
import { configPatch } from '../config/patch.ts';
import { condition } from '../rules/schemas.ts';
import { homepageOptions } from './homepage-options.ts';
import { recommendationOptions } from './recommendation-options.ts';

const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

/** Keys of experiments and arms stand in conditions (`experiments.<key>`) and name flags. */
const key = id.refine((value) => !POLLUTING.has(value), 'must not be a name that objects have');

const version = z.number().int().min(1);
const PAYLOAD_BYTES = 8_192;
const [MOST_VARIANTS, MOST_METRICS] = [20, 20];

const KNOWN_PARTS = {
  config: configPatch,
  recommendations: recommendationOptions,
  homepage: homepageOptions,
};

/** `config` is checked as the actions of rules are, `recommendations` as options; everything else is the application's. */
const payload = freeForm(PAYLOAD_BYTES)
  .superRefine((value, context) => {
    for (const [part, schema] of Object.entries(KNOWN_PARTS)) {
      if (value?.[part] === undefined) continue;
      const { error } = schema.safeParse(value[part]);
      for (const { path, message } of error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: [part, ...path], message });
      }
    }
  })
  .meta({
    type: 'object',
    additionalProperties: true,
    description:
      'What the arm changes: `config` is a merge patch on the config, `value` the value of its flag, `recommendations` how lists are ranked (`strategy`, `diversity` 0-1, `weights` of the parts 0-10, `contexts`), `homepage` the hero of the homepage (`hero`: the id of one, or texts), the rest is yours',
  });

const variant = z.strictObject({
  key,
  weight: share.meta({ description: 'Share of the users in the experiment; those of all arms add up to 1' }),
  payload: payload.optional(),
});

const namespace = z
  .union([
    z.strictObject({ id: key, start: share, end: share }),
    z.tuple([key, share, share]).transform(([id, start, end]) => ({ id, start, end })),
  ])
  .meta({
    description:
      'Experiments with disjoint parts of one namespace share no user; `{id, start, end}` or `[id, start, end]`',
  });

const metric = z.strictObject({
  name: shortText,
  type: z.enum(['binomial', 'count', 'revenue', 'duration']),
  goal: z.enum(['increase', 'decrease']).default('increase'),
  guardrail: z.boolean().optional(),
  event: word.optional().meta({ description: 'Type of the interactions that count; the name by default' }),
  windowDays: z
    .number()
    .min(0.01)
    .max(365)
    .optional()
    .meta({ description: 'Days after the exposure in which conversions count, 14 by default' }),
  attribution: z.enum(['user', 'recommendation']).optional().meta({
    description: '`recommendation`: only interactions with a recommendation that was made under the arm',
  }),
});

const bandit = z
  .strictObject({
    floor: share.default(0.05).meta({ description: 'Least share of the new users that every arm gets' }),
    burnIn: z.number().int().min(0).max(1_000_000).default(100).meta({
      description: 'Users that every arm has before weights move; until then they are equal',
    }),
    metric: shortText.optional().meta({
      description: 'Name of the metric that is to be best; by default the first that is no guardrail',
    }),
  })
  .meta({ description: 'How the weights of new users move, every hour, where `kind` is `bandit`' });

const status = z.enum(['draft', 'running', 'paused', 'completed']);

/** An experiment as an administrator writes it; what its parts must be to each other is checked by the engine. */
export const experimentBody = z.strictObject({
  key,
  name: shortText,
  kind: z.enum(['ab', 'bandit']).default('ab'),
  variants: z
    .array(variant)
    .min(2, 'must be at least two arms')
    .max(MOST_VARIANTS)
    .meta({ description: 'The first is the control' }),
  coverage: share
    .default(1)
    .meta({ description: 'Share of the users that take part; growing it moves nobody' }),
  condition: condition.optional(),
  namespace: namespace.optional(),
  metrics: z.array(metric).max(MOST_METRICS).default([]),
  bandit: bandit.optional(),
  autoStop: z.boolean().optional().meta({
    description: 'The hourly evaluation pauses the experiment where a guardrail is surely harmed',
  }),
  startDate: isoTime.optional(),
  endDate: isoTime.optional(),
  status: status.default('draft'),
  seed: shortText
    .optional()
    .meta({ description: 'Of the buckets, the key by default; a new one draws everybody anew' }),
  forced: z
    .record(id, key)
    .refine((testers) => Object.keys(testers).length <= 100, 'must name at most 100 testers')
    .optional()
    .meta({ description: 'Arms of testers by user id; they are not counted' }),
});

/** The same, in place of the present version: also an experiment as it was read, with what was edited in it. */
export const experimentReplacement = experimentBody
  .extend({
    version: version.optional().meta({ description: 'The version that this replaces; a stale one is 409' }),
    experimentId: id.optional().meta({ description: 'That of the path' }),
    endMoved: asRead,
    createdAt: asRead,
    updatedAt: asRead,
    changedBy: asRead,
    changes: asRead,
  })
  .transform(
    ({ createdAt: _, updatedAt: __, changedBy: ___, changes: ____, endMoved: _____, ...replacement }) =>
      replacement,
  );

/** An experiment as it is. */
export const experiment = z
  .object({
    experimentId: z.string(),
    key: z.string(),
    name: z.string(),
    kind: z.enum(['ab', 'bandit']),
    variants: z.array(
      z.object({
        key: z.string(),
        weight: z.number(),
        payload: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
    coverage: z.number(),
    condition: z.unknown().optional(),
    namespace: z.object({ id: z.string(), start: z.number(), end: z.number() }).optional(),
    metrics: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['binomial', 'count', 'revenue', 'duration']),
        goal: z.enum(['increase', 'decrease']),
        guardrail: z.boolean().optional(),
        event: z.string().optional(),
        windowDays: z.number().optional(),
        attribution: z.enum(['user', 'recommendation']).optional(),
      }),
    ),
    bandit: z
      .object({
        floor: z.number().optional(),
        burnIn: z.number().int().optional(),
        metric: z.string().optional(),
      })
      .optional(),
    autoStop: z.boolean().optional(),
    startDate: isoTime.optional(),
    endDate: isoTime.optional(),
    endMoved: z.boolean().optional().meta({
      description: 'The end was changed after the begin: verdicts stay always-valid also after it',
    }),
    status,
    seed: z.string().optional(),
    forced: z.record(z.string(), z.string()).optional(),
    version,
    createdAt: isoTime,
    updatedAt: isoTime,
    changedBy: z.string().meta({ description: '`sub` of the caller who made this version' }),
  })
  .meta({ id: 'Experiment' });

export const experimentStatus = status;

const change = z.object({
  version,
  action: z.enum(['created', 'updated', 'restored', 'deleted']),
  status: status.nullable(),
  changed: z.array(z.string()).meta({ description: 'Parts that differ from the version before' }),
  by: z.string().meta({ description: '`sub` of the caller, or `job:evaluate-experiments`' }),
  at: isoTime,
  reason: z.string().optional(),
});

/** The same with what became of it so far, newest first. */
export const experimentWithChanges = experiment
  .extend({ changes: z.array(change) })
  .meta({ id: 'ExperimentWithChanges' });
