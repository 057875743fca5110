import * as z from 'zod';

/** One comparison of a condition, with what it saw. */
export const clause = z.object({
  path: z.string().meta({ description: 'The variable it looks at; empty where it looks at none' }),
  passed: z.boolean(),
  value: z.unknown().meta({ description: 'What it saw; null where there is nothing' }),
  expected: z.unknown().optional(),
  text: z.string(),
});

/** Why a rule did or did not act. */
export const verdict = z.enum([
  'applied',
  'held out',
  'condition not met',
  'disabled',
  'other context',
  'not scheduled now',
  'experiment arm',
  'condition failed',
]);
