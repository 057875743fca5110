import type { Behaviour } from '../behaviour.ts';
import { successScore } from '../fold/content-success.ts';

export type ContentPreference = {
  contentType: string;
  successes: number;
  failures: number;
  /** 0-1, see `successScore`. */
  score: number;
};

/** Kinds of content by how well they worked, best first; ties by name. */
export const contentPreferences = ({ contentTypes }: Behaviour): ContentPreference[] =>
  contentTypes
    .map(([contentType, , successes, failures]) => ({
      contentType,
      successes,
      failures,
      score: successScore(successes, failures),
    }))
    .sort((a, b) => b.score - a.score || (a.contentType < b.contentType ? -1 : 1));

/** -1 (avoids) to 1 (prefers) by content type: 2 * score - 1, so 0 where nothing is known. */
export const contentTypeAffinity = (behaviour: Behaviour): Record<string, number> =>
  Object.fromEntries(
    contentPreferences(behaviour).map(({ contentType, score }) => [contentType, 2 * score - 1]),
  );
