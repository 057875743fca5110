import type { Interaction } from '../profile/types.ts';
import type { JournalStore } from './ports.ts';

/** Where a list stopped: the last interaction that was answered. */
export type ListPosition = { readonly occurredAt: number; readonly interactionId: string };

export type InteractionQuery = {
  readonly userId: string;
  readonly type?: string;
  readonly contentType?: string;
  /** ms since the epoch, included. */
  readonly from?: number;
  /** ms since the epoch, included. */
  readonly to?: number;
  readonly limit: number;
  /** Continue behind this position. */
  readonly after?: ListPosition;
};

export type InteractionList = { readonly items: Interaction[]; readonly next: ListPosition | null };

/** Newest first; of the same moment, the greater id first. Negative when `a` comes before `b`. */
const compare = (a: ListPosition, b: ListPosition): number => {
  if (a.occurredAt !== b.occurredAt) return b.occurredAt - a.occurredAt;
  if (a.interactionId === b.interactionId) return 0;
  return a.interactionId > b.interactionId ? -1 : 1;
};

const matches = (interaction: Interaction, query: InteractionQuery): boolean =>
  (query.type === undefined || interaction.type === query.type) &&
  (query.contentType === undefined || interaction.contentType === query.contentType) &&
  interaction.occurredAt >= (query.from ?? -Infinity) &&
  interaction.occurredAt <= (query.to ?? Infinity) &&
  (query.after === undefined || compare(interaction, query.after) > 0);

/** The best `count` of what was found so far, in order, each id once. */
const keepFirst = (found: readonly Interaction[], count: number): Interaction[] => {
  const once = new Map(found.map((interaction) => [interaction.interactionId, interaction]));
  return [...once.values()].sort(compare).slice(0, count);
};

/** Whether no page older than the one with this bound can change the answer. */
const isSettled = (kept: readonly Interaction[], query: InteractionQuery, newestBefore: number): boolean => {
  const last = kept[query.limit];
  return newestBefore < (query.from ?? -Infinity) || (last !== undefined && last.occurredAt > newestBefore);
};

/**
 * A user's stored interactions, newest first by the time they occurred.
 *
 * Pages are in the order of arrival, which is not that of occurrence. Each page says how new anything in older pages
 * can be (`newestBefore`); walking from the newest page, an interaction that occurred after that moment cannot be
 * preceded by anything still unread. So the walk stops once `limit + 1` matches lie beyond the bound, and the order
 * is exact. Usually that is after one page.
 */
export const listInteractions = async (
  store: JournalStore,
  query: InteractionQuery,
): Promise<InteractionList> => {
  const { seq, resetSeq } = await store.load(query.userId);
  const range = { userId: query.userId, fromSeq: resetSeq + 1, toSeq: seq };
  let kept: Interaction[] = [];
  for await (const page of store.pages({ ...range, order: 'newest first' })) {
    const found = page.interactions.filter((interaction) => matches(interaction, query));
    if (found.length > 0) kept = keepFirst([...kept, ...found], query.limit + 1);
    if (isSettled(kept, query, page.newestBefore)) break;
  }
  const items = kept.slice(0, query.limit);
  const last = items.at(-1);
  const next = kept.length > query.limit && last ? last : undefined;
  return { items, next: next ? { occurredAt: next.occurredAt, interactionId: next.interactionId } : null };
};
