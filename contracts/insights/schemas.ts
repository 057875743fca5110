import * as z from 'zod';
import { id, isoTime, provenance, share } from '../common.ts';

export const domainName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be the name of a domain: lower-case letters, digits and hyphens')
  .meta({
    description:
      "The product whose texts and actions are used; services and admins only. Default: the stack's",
  });

const reason = z.string().meta({ description: 'Why this is shown to this user' });
const facts = z.array(z.string()).meta({ description: 'Ids of the facts that it rests on' });
const priority = z.enum(['high', 'medium', 'low']);

/** Who wrote the texts of an answer: `model` (checked against the facts) or `rules`. */
export const writtenBy = z.enum(['model', 'rules']);

export const actionText = z.object({
  title: z.string(),
  description: z.string(),
  action: z.string().meta({ description: 'Id of the action in the catalogue of the domain' }),
  target: z.string().meta({ description: 'What the application opens or runs' }),
  priority,
  reason,
  facts,
});

export const marketInsight = z.object({
  title: z.string(),
  kind: z.enum(['opportunity', 'trend', 'tip', 'warning']),
  body: z.string(),
  reason,
  facts,
});

export const offeredAction = z.object({
  action: z.string(),
  title: z.string(),
  description: z.string(),
  target: z.string(),
  probability: share.meta({ description: 'That the user does it while it is offered' }),
  expectedValue: z.number(),
  expiresAt: isoTime,
  reason,
  facts,
  serves: z.string().optional().meta({ description: 'Title of the open goal that it serves' }),
});

export const suggestedContent = z.object({
  recommendationId: z.string(),
  contentId: id,
  contentType: z.string(),
  title: z.string(),
  url: z.string().optional(),
  relevanceScore: share,
  confidenceScore: share,
  reason,
});

export const claim = z.object({ text: z.string(), reason, facts });

export const prediction = z.object({
  name: z.enum(['churn', 'lifetimeValue', 'nextActions', 'goals']),
  text: z.string(),
  value: z.number().nullable().optional(),
  factors: z.array(z.object({ factor: z.string(), contribution: z.number(), detail: z.string() })),
  method: z.enum(['rule', 'model']).optional(),
  reason,
  facts,
});

export const advice = z.object({
  title: z.string(),
  text: z.string(),
  action: z.string().optional(),
  target: z.string().optional(),
  reason,
  facts,
});

/** A fact as it was used, so that every number of a text can be followed back. */
export const factView = z.object({ id: z.string(), kind: z.string(), says: z.string() });

/** Provenance of an answer with texts: `cache` is a text of a model that was written before, `fallback` texts of rules. */
export const textProvenance = {
  ...provenance,
  reason: z.string(),
  writtenBy,
  textGeneratedAt: isoTime
    .nullable()
    .meta({ description: 'When a model wrote the texts; null where rules did' }),
  domain: z.string(),
};

export const update = z.object({
  id: z.string(),
  kind: z.enum(['recommendations', 'achievement', 'insights']),
  at: isoTime,
  about: z.string(),
  title: z.string(),
});
