import type { Update, UpdateStore } from './ports.ts';

const DAY = 86_400_000;

/** What is new for a user since a moment, in the words of the contract. */
export type UpdatesAnswer = {
  readonly userId: string;
  readonly updates: readonly (Omit<Update, 'at'> & { readonly at: string })[];
  readonly recommendations: boolean;
  readonly achievements: readonly string[];
  readonly insights: boolean;
  readonly since: string;
  readonly until: string;
  readonly reason?: string;
};

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * What is new since `since` (ms since the epoch; default: a day ago). One Query; `until` is what to ask with next time. The switch
 * `PERSONALIZATION_REALTIME_ENABLED` changes nothing here: without it answers stay as the night made them, and what is new is told all
 * the same.
 */
export const readUpdates = async (
  updates: Pick<UpdateStore, 'since'>,
  ask: { readonly userId: string; readonly since: number | undefined; readonly now: number },
): Promise<UpdatesAnswer> => {
  const { userId, now } = ask;
  const since = ask.since ?? now - DAY;
  const found = await updates.since(userId, since, now);
  const isThere = (kind: Update['kind']): boolean => found.some((update) => update.kind === kind);
  return {
    userId,
    updates: found.map(({ id, kind, at, about, title }) => ({ id, kind, at: iso(at), about, title })),
    recommendations: isThere('recommendations'),
    achievements: found.filter(({ kind }) => kind === 'achievement').map(({ about }) => about),
    insights: isThere('insights'),
    since: iso(since),
    until: iso(found.at(-1)?.at ?? since),
    ...(found.length === 0 && { reason: 'Nothing is new since then' }),
  };
};

/** What must be equal for a client to hold the answer already: what is new, not when it was asked. */
export const updatesContent = ({ userId, updates }: UpdatesAnswer): unknown => [userId, updates];
