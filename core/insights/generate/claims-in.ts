import type { TextPurpose, Written } from '../types.ts';

/** Everything in an answer that rests on facts. */
export const claimsIn = (answer: Written[TextPurpose]): readonly { readonly facts: readonly string[] }[] =>
  Object.values(answer).flat() as { facts: readonly string[] }[];
