import * as z from 'zod';
import { shortText, text, word } from '../common.ts';

/** What an arm shows on the homepage: `payload.homepage`. */
export const homepageOptions = z.strictObject({
  hero: z
    .union([
      word,
      z
        .strictObject({
          title: shortText.optional(),
          subtitle: text.trim().min(1).max(500).optional(),
          ctaText: shortText.optional(),
          ctaTarget: shortText.optional(),
          backgroundVideo: text.trim().min(1).max(300).optional(),
        })
        .refine((texts) => Object.keys(texts).length > 0, 'must change something'),
    ])
    .meta({
      description: 'The id of a hero of the product, or texts in place of those of the hero that is chosen',
    }),
});
