import { type Behaviour, LIMITS, type RecentEntry } from '../behaviour.ts';
import type { Interaction } from '../types.ts';
import { signalOf } from './signals.ts';

/** What is remembered of one interaction. */
export const recentEntry = (interaction: Interaction): RecentEntry => [
  interaction.occurredAt,
  Math.round(signalOf(interaction) * 10) + 0, // never -0, which JSON does not keep
  interaction.type,
  interaction.contentId ?? '',
  interaction.contentType ?? '',
  interaction.feature ?? '',
];

/** Newest first; entries of the same instant by their content, so that equal sets have one order. */
const newestFirst = (a: RecentEntry, b: RecentEntry): number => {
  if (a[0] !== b[0]) return b[0] - a[0];
  for (let i = 1; i < a.length; i++) {
    const [x, y] = [a[i] as string | number, b[i] as string | number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
};

const hasContent = (entry: RecentEntry): boolean => entry[3] !== '';

/**
 * The newest 24 entries, and so many more of the newest with content that there are 12 of those: a user who never stops
 * sending other events must not push out the content that recommendations start from. What belongs to the newest of a
 * union belongs to the newest of its part, so parts may be merged in any order.
 */
export const mergeRecent = (entries: RecentEntry[]): RecentEntry[] => {
  let withContent = 0;
  return entries.sort(newestFirst).filter((entry, rank) => {
    const wanted = hasContent(entry) && withContent < LIMITS.recentWithContent;
    if (hasContent(entry)) withContent += 1;
    return rank < LIMITS.recent || wanted;
  });
};

/** The newest interactions of any kind, newest first. */
export const recentEntries = (behaviour: Behaviour): RecentEntry[] =>
  behaviour.recent.slice(0, LIMITS.recent);

/** What recommendations start from: an item, the strength of its strongest signal, and when it was last touched (ms). */
export type ContentHistoryItem = { itemId: string; weight: number; at: number };

/** Distinct items, newest first; an item whose newest signal is negative is left out. */
export const contentHistory = (behaviour: Behaviour): ContentHistoryItem[] => {
  const history = new Map<string, ContentHistoryItem>();
  for (const [at, signal, , itemId] of behaviour.recent.filter(hasContent)) {
    const newer = history.get(itemId);
    if (newer === undefined) history.set(itemId, { itemId, weight: signal / 10, at });
    else if (newer.weight > 0) newer.weight = Math.max(newer.weight, signal / 10);
  }
  return [...history.values()].filter(({ weight }) => weight > 0);
};
