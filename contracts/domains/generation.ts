import * as z from 'zod';

const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/, 'must be a word of letters and digits');
const value = z.union([z.string().trim().min(1).max(60), z.number(), z.boolean()], {
  error: 'must be a text, a number, true or false',
});
const byWord = z.record(z.string().trim().min(1).max(60), value);

/** `generation.json`: what the product's generator can be told. What the fields mean is said in core/generation/types.ts. */
export const generation = z.strictObject({
  parameters: z
    .array(
      z.strictObject({
        name,
        title: z.string().trim().min(1).max(60),
        options: z.array(value).min(1).max(20),
        default: value,
        byPurpose: byWord.optional(),
        byDevice: byWord.optional(),
        preference: name.optional(),
        perPlace: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(20),
});
