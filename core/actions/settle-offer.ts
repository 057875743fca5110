import type { ActionDefinition, Domain } from '../domains/types.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import { DAY_MS } from '../profile/fold/decay.ts';
import { momentOf } from '../time/zone-time.ts';
import { CLOCK_SKEW_MS, doneCount, doneWithin, lastDone } from './done-by.ts';
import type { ActionOffers } from './types.ts';

const HOUR_MS = 3_600_000;

/** What decides whether an offer of an action stands. Times are ms since the epoch. */
export type OfferFacts = {
  readonly behaviour: Behaviour;
  /** Whether `when` and `unless` of the action are so. */
  readonly holds: boolean;
  readonly dismissedAt: number | undefined;
  readonly timezone: string;
  readonly now: number;
};

/** The end of the action's last day (`until`) in the user's zone; never for one without. */
export const lastMoment = ({ until }: ActionDefinition, timezone: string): number =>
  until === undefined ? Infinity : momentOf(Date.parse(until) + DAY_MS, timezone);

/** When an offer that began at `at` has run its course. */
export const expiryOf = (action: ActionDefinition, at: number, timezone: string): number =>
  Math.max(at, Math.min(at + action.validHours * HOUR_MS, lastMoment(action, timezone)));

/** Offers of an action that was dismissed without ever having been offered here. */
const neverOffered = (dismissedAt: number): ActionOffers => ({
  at: dismissedAt,
  endedAt: dismissedAt,
  times: [],
  offered: 0,
  taken: 0,
  doneBefore: 0,
});

/** A dismissal after the offer ended, from a page that was still open: the action rests from then on. */
const restedAnew = (
  offers: ActionOffers,
  endedAt: number,
  { dismissedAt, now }: OfferFacts,
): ActionOffers => {
  if (dismissedAt === undefined || dismissedAt <= endedAt) return { ...offers, endedAt };
  return { ...offers, endedAt: Math.max(endedAt, Math.min(dismissedAt, now)) };
};

/** From when on (ms since the epoch) an action may be offered by when it was done, in an offer or without one: after its cooldown. */
export const restedFrom = (action: ActionDefinition, behaviour: Behaviour, now: number): number =>
  Math.min(lastDone(behaviour, action.doneBy) ?? -Infinity, now) + action.cooldownHours * HOUR_MS;

/** Ids of the actions that were done and whose cooldown runs. */
export const doneLately = (
  behaviour: Behaviour,
  { actions }: Pick<Domain, 'actions'>,
  now: number,
): string[] => actions.filter((action) => now < restedFrom(action, behaviour, now)).map(({ id }) => id);

const settleStanding = (action: ActionDefinition, offers: ActionOffers, facts: OfferFacts): ActionOffers => {
  const { behaviour, dismissedAt, now } = facts;
  const expiry = expiryOf(action, offers.at, facts.timezone);
  const seen = Math.max(offers.at, Math.min(now, expiry));
  const window = { from: offers.at, to: expiry, before: offers.doneBefore };
  if (doneWithin(behaviour, action.doneBy, window))
    return restedAnew({ ...offers, taken: offers.taken + 1 }, seen, facts);
  if (dismissedAt !== undefined && dismissedAt >= offers.at - CLOCK_SKEW_MS)
    return restedAnew(offers, Math.max(offers.at, Math.min(dismissedAt, seen)), facts);
  if (now >= expiry) return { ...offers, endedAt: expiry };
  if (now < restedFrom(action, behaviour, now))
    return { ...offers, endedAt: offers.at, offered: offers.offered - 1 };
  if (!facts.holds) return { ...offers, endedAt: seen, offered: offers.offered - 1 };
  const doneBefore = Math.min(offers.doneBefore, doneCount(behaviour, action.doneBy));
  return doneBefore === offers.doneBefore ? offers : { ...offers, doneBefore };
};

/**
 * What is remembered of an action, brought up to `now`: an offer that was done, dismissed, ran its course or lost its facts has ended.
 * The same object where nothing changed; undefined where there is nothing to remember.
 */
export const settleOffer = (
  action: ActionDefinition,
  offers: ActionOffers | undefined,
  facts: OfferFacts,
): ActionOffers | undefined => {
  const { dismissedAt, now } = facts;
  if (!offers) return dismissedAt === undefined ? undefined : neverOffered(Math.min(dismissedAt, now));
  if (offers.endedAt === undefined) return settleStanding(action, offers, facts);
  const rested = restedAnew(offers, offers.endedAt, facts);
  return rested.endedAt === offers.endedAt ? offers : rested;
};

export const stands = (offers: ActionOffers | undefined): offers is ActionOffers =>
  offers !== undefined && offers.endedAt === undefined;

/** When the cap leaves room again; -Infinity where it does now. */
const capFreeAt = ({ cap }: ActionDefinition, { times }: ActionOffers, now: number): number => {
  const window = cap.days * DAY_MS;
  const within = times.filter((at) => at + window > now).sort((a, b) => b - a);
  return within.length < cap.times ? -Infinity : within[cap.times - 1]! + window;
};

/** From when on (ms since the epoch) an action whose last offer ended may be offered: after its cooldown, within its cap. */
export const offerableFrom = (
  action: ActionDefinition,
  offers: ActionOffers | undefined,
  now: number,
): number => {
  if (!offers) return -Infinity;
  const rested = (offers.endedAt ?? -Infinity) + action.cooldownHours * HOUR_MS;
  return Math.max(rested, capFreeAt(action, offers, now));
};

const MOST_TIMES = 10;

/** A new offer, which begins now. */
export const beginOffer = (
  { cap, doneBy }: ActionDefinition,
  offers: ActionOffers | undefined,
  { behaviour, now }: Pick<OfferFacts, 'behaviour' | 'now'>,
): ActionOffers => ({
  at: now,
  times: [now, ...(offers?.times ?? []).filter((at) => at + cap.days * DAY_MS > now)].slice(0, MOST_TIMES),
  offered: (offers?.offered ?? 0) + 1,
  taken: offers?.taken ?? 0,
  doneBefore: doneCount(behaviour, doneBy),
});
