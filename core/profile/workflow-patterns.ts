import { actionRuns } from './action-runs.ts';
import type { Behaviour } from './behaviour.ts';

/** A sequence of actions that came up `support` times, and what followed it most often (null: nothing did). */
export type WorkflowPattern = { sequence: string[]; support: number; next: string | null };

const LENGTHS = [3, 2];
const FEWEST = 2;
const SHOWN = 5;

type Found = { sequence: string[]; support: number; followers: Map<string, number> };

const sequencesIn = (runs: readonly string[][], length: number): Found[] => {
  const found = new Map<string, Found>();
  for (const run of runs) {
    for (let i = 0; i + length <= run.length; i++) {
      const sequence = run.slice(i, i + length);
      const key = JSON.stringify(sequence);
      const seen = found.get(key) ?? { sequence, support: 0, followers: new Map<string, number>() };
      const next = run[i + length];
      seen.support += 1;
      if (next !== undefined) seen.followers.set(next, (seen.followers.get(next) ?? 0) + 1);
      found.set(key, seen);
    }
  }
  return [...found.values()].filter(
    ({ sequence, support }) => support >= FEWEST && new Set(sequence).size > 1,
  );
};

const mostFollowed = (followers: ReadonlyMap<string, number>): string | null =>
  [...followers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;

/** True where `whole` holds `part` and came up as often: the part says nothing more. */
const explains = (whole: Found, part: Found): boolean =>
  whole.sequence.length > part.sequence.length &&
  whole.support >= part.support &&
  whole.sequence.some((_, i) => part.sequence.every((action, j) => whole.sequence[i + j] === action));

/**
 * Sequences of two and three recent actions within one visit that came up at least twice; not one action repeated, and
 * no pair that only occurs inside a triple given. Most support first, five at most.
 */
export const workflowPatterns = (behaviour: Behaviour): WorkflowPattern[] => {
  const runs = actionRuns(behaviour);
  const found = LENGTHS.flatMap((length) => sequencesIn(runs, length));
  return found
    .filter((part) => !found.some((whole) => explains(whole, part)))
    .sort((a, b) => b.support - a.support || b.sequence.length - a.sequence.length)
    .slice(0, SHOWN)
    .map(({ sequence, support, followers }) => ({ sequence, support, next: mostFollowed(followers) }));
};
