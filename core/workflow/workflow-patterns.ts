import { rounded } from '../profile/view/curves.ts';
import { type ActionLog, END } from './action-log.ts';
import { type FrequentSequence, frequentSequences, mostTelling } from './frequent-sequences.ts';
import { hourIn, usualHour } from './local-hour.ts';

/** A sequence of actions that came up `support` times. */
export type WorkflowPattern = {
  sequence: string[];
  support: number;
  /** In how many visits. */
  visits: number;
  /** 0-1: how often the last action follows where the others were. */
  confidence: number;
  /** What followed most often; null where nothing did. */
  next: string | null;
  /** 0-1: in how many of the occurrences `next` followed. */
  nextProbability: number;
  /** Hour of the day (0-23) in the user's time zone around which it starts; null where there is none. */
  usualHour: number | null;
};

/** The number of the visit to which each position belongs. */
const visitNumbers = ({ codes }: ActionLog): Int32Array => {
  let visit = 0;
  return codes.map((code) => (code === END ? visit++ : visit));
};

const mostFollowed = (followers: ReadonlyMap<number, number>, names: readonly string[]) =>
  Array.from(followers, ([code, count]) => ({ name: names[code] ?? '', count })).sort(
    (a, b) => b.count - a.count || (a.name < b.name ? -1 : 1),
  )[0];

const patternOf = (
  log: ActionLog,
  { codes, starts, prefixSupport, followers }: FrequentSequence,
  { visits, hourOf }: { visits: Int32Array; hourOf: (at: number) => number },
): WorkflowPattern => {
  const support = starts.length;
  const next = mostFollowed(followers, log.names);
  return {
    sequence: codes.map((code) => log.names[code] ?? ''),
    support,
    visits: new Set(starts.map((start) => visits[start])).size,
    confidence: rounded(support / prefixSupport, 4),
    next: next?.name ?? null,
    nextProbability: rounded((next?.count ?? 0) / support, 4),
    usualHour: usualHour(starts.map((start) => hourOf(log.times[start] ?? 0))),
  };
};

/** The sequences that the user keeps repeating, most telling first: see `frequentSequences` and `mostTelling`. */
export const workflowPatterns = (
  log: ActionLog,
  { timezone, count }: { timezone: string; count: number },
): WorkflowPattern[] => {
  const context = { visits: visitNumbers(log), hourOf: hourIn(timezone) };
  return mostTelling(frequentSequences(log), count).map((sequence) => patternOf(log, sequence, context));
};
