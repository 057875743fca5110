import * as z from 'zod';
import { share, word } from '../common.ts';
import { strategy } from '../recommendations/endpoints.ts';

const factor = z.number().min(0).max(10).optional();

/** How an arm ranks recommendations: `payload.recommendations`. What it leaves out stays as it is. */
export const recommendationOptions = z
  .strictObject({
    strategy: strategy.optional(),
    diversity: share.optional(),
    weights: z
      .strictObject({
        collaborative: factor,
        sequential: factor,
        content: factor,
        popular: factor,
        interests: factor,
      })
      .optional()
      .meta({
        description:
          'Factors on the weights of the hybrid, 0-10: 0 turns a part off, 1 leaves it as the model in service has it. A part that the model does without counts as 1 where another factor than 1 asks for it',
      }),
    contexts: z.array(word).min(1).max(20).optional().meta({
      description: 'Contexts in which the experiment acts, the same for all its arms; everywhere by default',
    }),
  })
  .meta({
    description:
      'How the arm ranks recommendations. A request that names a strategy or a diversity itself gets what it names, and is not counted',
  });
