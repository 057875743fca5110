import { emptyBehaviour } from '../../../profile/behaviour.ts';
import { DAY_MS } from '../../../profile/fold/decay.ts';
import { foldInteractions } from '../../../profile/fold/fold-interactions.ts';
import { type ContentHistoryItem, contentHistory } from '../../../profile/fold/recent.ts';
import { signalOf } from '../../../profile/fold/signals.ts';
import type { CountedInteraction } from '../../../profile/types.ts';
import { behaviourVector } from '../../../profile/view/behaviour-vector.ts';
import { contentTypeAffinity } from '../../../profile/view/content-preferences.ts';
import { MOBILE_DEVICES } from '../../../segments/segment-thresholds.ts';

/** What a user chose last, and everything that was known of the user just before. */
export type Choice = {
  item: string;
  /** ms since the epoch */
  at: number;
  mobile: 0 | 1;
  /** `behaviourVector` before the choice. */
  v: number[];
  /** What recommendations would have started from, newest first. */
  history: ContentHistoryItem[];
  /** -1 to 1 by content type. */
  affinity: Record<string, number>;
};

/** Older choices say less about today, and only these are written to the nightly rows. */
const CHOICE_DAYS = 7;
const HISTORY_KEPT = 8;
const TYPES_KEPT = 8;

const isChoice = (interaction: CountedInteraction): boolean =>
  interaction.contentId !== undefined && signalOf(interaction) > 0;

const shortened = (x: number): number => Math.round(x * 1e5) / 1e5;

/** The strongest likes and dislikes. */
const strongest = (affinity: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(affinity)
      .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
      .slice(0, TYPES_KEPT)
      .map(([type, liking]) => [type, shortened(liking)]),
  );

/**
 * The user's last choice of the week before `now`, seen from the moment before it; undefined without one, without anything known by
 * then, or where it repeats an item of the history.
 */
export const lastChoice = (interactions: readonly CountedInteraction[], now: number): Choice | undefined => {
  const recent = interactions.filter(
    (interaction) => interaction.occurredAt <= now && interaction.occurredAt > now - CHOICE_DAYS * DAY_MS,
  );
  const last = recent
    .filter(isChoice)
    .reduce<CountedInteraction | undefined>(
      (newest, interaction) =>
        newest === undefined || interaction.occurredAt > newest.occurredAt ? interaction : newest,
      undefined,
    );
  if (last?.contentId === undefined) return undefined;
  const at = last.occurredAt;
  const before = foldInteractions(
    emptyBehaviour(),
    interactions.filter(({ occurredAt }) => occurredAt < at),
  );
  const history = contentHistory(before).slice(0, HISTORY_KEPT);
  if (history.length === 0 || history.some(({ itemId }) => itemId === last.contentId)) return undefined;
  return {
    item: last.contentId,
    at,
    mobile: MOBILE_DEVICES.has((last.device ?? '').toLowerCase()) ? 1 : 0,
    v: Array.from(behaviourVector(before, at), shortened),
    history,
    affinity: strongest(contentTypeAffinity(before)),
  };
};
