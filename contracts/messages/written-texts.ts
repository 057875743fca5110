import * as z from 'zod';

/** What models answer with, by purpose; the JSON schema that they are given is made of it (`npm run generate`). */
const factIds = z.array(z.string().min(1).max(40)).min(1).max(8).meta({
  description: 'Ids of the facts that this rests on. Every number in the text is a number of one of them.',
});
const title = z.string().min(3).max(90);
const body = z.string().min(10).max(420);
const priority = z.enum(['high', 'medium', 'low']);
const actionId = z.string().min(1).max(40).meta({ description: 'Id of one of the actions that are listed' });

const claim = z.strictObject({ text: body, facts: factIds });
const action = z.strictObject({ title, description: body, action: actionId, priority, facts: factIds });

export const writtenInsights = z.strictObject({
  behaviour: z.array(claim).min(1).max(4).meta({ description: 'What the user does, seen as a whole' }),
  predictions: z
    .array(claim)
    .max(3)
    .meta({ description: 'What is likely to follow, with what speaks for it' }),
  advice: z
    .array(z.strictObject({ title, text: body, action: actionId.optional(), facts: factIds }))
    .max(3)
    .meta({ description: 'What would help the user most' }),
  priorityActions: z.array(action).max(3).meta({ description: 'What to do today, most important first' }),
  marketInsights: z
    .array(
      z.strictObject({
        title,
        kind: z.enum(['opportunity', 'trend', 'tip', 'warning']),
        body,
        facts: factIds,
      }),
    )
    .max(3)
    .meta({ description: 'What happens in the markets or topics of the user' }),
});

export const writtenSuggestions = z.strictObject({
  suggestions: z
    .array(action)
    .min(1)
    .max(4)
    .meta({ description: 'What to do next on this page, best first' }),
});

/** By purpose, as `TextPurpose` in core names them. */
export const writtenTexts = { insights: writtenInsights, suggestions: writtenSuggestions } as const;
