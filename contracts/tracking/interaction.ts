import * as z from 'zod';
import { device, freeForm, id, isoTime, longText, share, word } from '../common.ts';

const DAY_MS = 86_400_000;

/**
 * One interaction as clients send it. Other names that are understood: `interactionType` or `action` for `type`,
 * `timeSpent` (seconds) and `duration` (milliseconds) for `durationMs`. Unknown fields are ignored: clients evolve.
 */
export const wireInteraction = z
  .object({
    interactionId: id.optional(),
    userId: id.optional(),
    type: word
      .optional()
      .meta({ description: 'What was done, any case: view, click, purchase, complete, dismiss, ...' }),
    interactionType: word.optional(),
    action: word.optional(),
    contentId: id.optional(),
    contentType: word.optional(),
    feature: word.optional(),
    value: z.number().min(-1e9).max(1e9).optional(),
    rating: z.number().min(1).max(5).optional(),
    completionRate: share.optional(),
    durationMs: z
      .number()
      .min(0)
      .max(30 * DAY_MS)
      .optional(),
    duration: z
      .number()
      .min(0)
      .max(30 * DAY_MS)
      .optional()
      .meta({ description: 'milliseconds' }),
    timeSpent: z
      .number()
      .min(0)
      .max((30 * DAY_MS) / 1000)
      .optional()
      .meta({ description: 'seconds' }),
    scrollDepth: share.optional(),
    clicksCount: z.number().int().min(0).max(1_000_000).optional(),
    feedback: longText.optional().meta({ description: 'Text, or positive | negative | neutral' }),
    sessionId: id.optional(),
    device: device.optional(),
    context: freeForm(4_096).optional(),
    recommendationId: id.optional(),
    decisionId: id
      .optional()
      .meta({ description: 'The decision (a config, a flag, an assignment) that this follows from' }),
    position: z.number().int().min(0).max(100_000).optional(),
    occurredAt: isoTime.optional(),
  })
  .superRefine((value, context) => {
    if (value.type ?? value.interactionType ?? value.action) return;
    context.addIssue({
      code: 'custom',
      path: ['type'],
      message: 'is required (also understood: interactionType, action)',
    });
  })
  .meta({ id: 'Interaction' });

export type WireInteraction = z.output<typeof wireInteraction>;

/** A stored interaction as it is read back. */
export const storedInteraction = z.object({
  interactionId: id,
  userId: id,
  type: z.string(),
  contentId: z.string().optional(),
  contentType: z.string().optional(),
  feature: z.string().optional(),
  value: z.number().optional(),
  rating: z.number().optional(),
  completionRate: z.number().optional(),
  durationMs: z.number().optional(),
  scrollDepth: z.number().optional(),
  clicksCount: z.number().optional(),
  feedback: z.string().optional(),
  sentiment: z.number().optional(),
  sessionId: z.string().optional(),
  device: z.string().optional(),
  context: z.record(z.string(), z.unknown()).optional(),
  recommendationId: z.string().optional(),
  decisionId: z.string().optional(),
  position: z.number().optional(),
  occurredAt: isoTime,
});
