import * as z from 'zod';
import { id } from '../common.ts';

/** What the insights queue carries, version 1: a text that is wanted for a user. No fact about the user is in it but what a page told. */
export const textRequestMessage = z.object({
  version: z.literal(1),
  userId: id,
  slot: z.object({
    purpose: z.enum(['insights', 'suggestions']),
    domain: z.string().min(1).max(40),
    place: z.string().max(64),
  }),
  hash: z.string().min(1).max(64),
  context: z
    .object({
      currentPage: z.string().max(200),
      recentActions: z.array(z.string().max(100)).max(20),
      timeOfDay: z.string().max(40).optional(),
      profileCompletion: z.number().optional(),
    })
    .optional(),
});

export type TextRequestMessage = z.output<typeof textRequestMessage>;
