import * as z from 'zod';

const text = z.string();
const number = z.number();

/** A normalised interaction on the queue; the user is named once per group. */
const queuedInteraction = z.object({
  interactionId: text,
  type: text,
  contentId: text.optional(),
  contentType: text.optional(),
  feature: text.optional(),
  value: number.optional(),
  rating: number.optional(),
  completionRate: number.optional(),
  durationMs: number.optional(),
  scrollDepth: number.optional(),
  clicksCount: number.optional(),
  feedback: text.optional(),
  sentiment: number.optional(),
  sessionId: text.optional(),
  device: text.optional(),
  context: z.record(z.string(), z.unknown()).optional(),
  recommendationId: text.optional(),
  position: number.optional(),
  occurredAt: number,
});

/** What the interactions queue carries, version 1: interactions of several users, grouped by user. */
export const interactionsMessage = z.object({
  version: z.literal(1),
  batchId: text,
  /** Milliseconds since the epoch at which the API accepted the batch. */
  receivedAt: number,
  groups: z.array(z.object({ userId: text, interactions: z.array(queuedInteraction).min(1) })).min(1),
});

export type InteractionsMessage = z.output<typeof interactionsMessage>;
