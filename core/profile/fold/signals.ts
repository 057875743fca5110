import type { Interaction } from '../types.ts';
import { COMPLETED_FROM, strengthOf } from './signal-table.ts';

/** What a signal depends on. */
export type SignalParts = Pick<
  Interaction,
  'type' | 'value' | 'rating' | 'completionRate' | 'durationMs' | 'scrollDepth' | 'clicksCount' | 'sentiment'
>;

/** Signals lie between these. */
export const SIGNAL_RANGE = [-5, 10] as const;

/** A dwell of this length adds 63 % of what any dwell can add. */
const DWELL_MS = 60_000;
const ENGAGED_MS = 120_000;
const ENGAGED_CLICKS = 3;
/** Finished content is liked at least this much, whatever brought it there. */
const FINISHED_STRENGTH = 4;

const clamp = (x: number, low: number, high: number): number => (x > low ? Math.min(x, high) : low);

/** 1-5; a sentiment of -1 to 1 stands in where no rating was given; undefined where neither was. */
const opinionOf = ({ rating, sentiment }: SignalParts): number | undefined => {
  if (rating !== undefined) return clamp(rating, 1, 5);
  return sentiment === undefined ? undefined : 3 + 2 * clamp(sentiment, -1, 1);
};

/** Neutral (3) leaves the strength, 5 triples it, 2 makes it -2 and 1 makes it -4; straight lines between. */
const withOpinion = (strength: number, opinion: number | undefined): number => {
  if (opinion === undefined) return strength;
  return strength * Math.max(0, opinion - 2) - 2 * Math.max(0, 3 - opinion);
};

const consumption = ({ completionRate, durationMs }: SignalParts): number => {
  const completed = completionRate === undefined ? 1 : 0.5 + clamp(completionRate, 0, 1);
  const dwelt =
    durationMs === undefined ? 1 : 0.75 + 0.5 * (1 - Math.exp(-Math.max(0, durationMs) / DWELL_MS));
  return completed * dwelt;
};

/**
 * Strength of the preference that one interaction shows: negative is dislike, 0 says nothing, 1 is a plain view.
 *
 * strength(type) * (0.5 + completionRate) * (0.75 to 1.25 by dwell, saturating), at least 4 where the content was
 * finished, then bent by the opinion (rating, else sentiment). A negative type stays what it is. A
 * `content_preference` says it outright: its value 1 counts 3, anything less -3. Clipped to -5..10.
 */
export const signalOf = (interaction: SignalParts): number => {
  if (interaction.type === 'content_preference') return (interaction.value ?? 1) >= 0.5 ? 3 : -3;
  const strength = strengthOf(interaction.type);
  if (strength < 0) return strength;
  const finished = (interaction.completionRate ?? 0) >= COMPLETED_FROM;
  const consumed = Math.max(strength * consumption(interaction), finished ? FINISHED_STRENGTH : 0);
  return clamp(withOpinion(consumed, opinionOf(interaction)), ...SIGNAL_RANGE);
};

/** `[weight, part 0-1]` of everything that the interaction tells about engagement. */
const engagementParts = (interaction: SignalParts): [weight: number, part: number][] => {
  const { type, durationMs, scrollDepth, clicksCount, completionRate, rating, sentiment } = interaction;
  const parts: [number, number | undefined][] = [
    [1, clamp(strengthOf(type) / 5, 0, 1)],
    [1, durationMs === undefined ? undefined : 1 - Math.exp(-Math.max(0, durationMs) / ENGAGED_MS)],
    [1, scrollDepth],
    [0.75, clicksCount === undefined ? undefined : 1 - Math.exp(-Math.max(0, clicksCount) / ENGAGED_CLICKS)],
    [1.5, completionRate],
    [1.5, rating === undefined ? undefined : (rating - 1) / 4],
    [1, sentiment === undefined ? undefined : (sentiment + 1) / 2],
  ];
  return parts.flatMap(([weight, part]) => (part === undefined ? [] : [[weight, clamp(part, 0, 1)]]));
};

/**
 * How engaged the user was, 0-1: the weighted mean over the parts that are present of type (strength / 5, weight 1),
 * duration (1 - e^(-ms / 120 s), 1), scroll depth (1), clicks (1 - e^(-n / 3), .75), completion (1.5), rating
 * ((r - 1) / 4, 1.5) and sentiment ((s + 1) / 2, 1). It rises with each of them.
 */
export const engagementOf = (interaction: SignalParts): number => {
  const parts = engagementParts(interaction);
  const weight = parts.reduce((sum, [w]) => sum + w, 0);
  return parts.reduce((sum, [w, part]) => sum + w * part, 0) / weight;
};
