const DAY_MS = 86_400_000;

/** History items that are older than the newest one by this much count half. */
const HISTORY_HALF_LIFE_DAYS = 30;

/** Serving reads the neighbours of at most this many distinct history items. */
export const HISTORY_ITEMS = 8;

export type HistoryPlace = {
  /** 0 is the newest. */
  position: number;
  /** How much older than the newest history item, in ms. */
  ageMs: number;
  /** Strength of the feedback, > 0. */
  weight: number;
};

/** How much one history item says about what comes next: it fades with each newer item and with time. */
export function historyInfluence({ position, ageMs, weight }: HistoryPlace, positionDecay: number): number {
  return (
    positionDecay ** position *
    0.5 ** (Math.max(0, ageMs) / (HISTORY_HALF_LIFE_DAYS * DAY_MS)) *
    Math.sqrt(weight)
  );
}

/** What an item's popularity adds, 0-1, from its share of the most popular item's feedback. */
export function popularPrior(share: number): number {
  return Math.sqrt(share);
}
