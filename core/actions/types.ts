/** What is remembered of the offers of one action to one user. */
export type ActionOffers = {
  /** Begin of the last offer, ms since the epoch. */
  readonly at: number;
  /** When the last offer ended: done, dismissed, or out of its window; absent while it stands. */
  readonly endedAt?: number;
  /** Begins of the offers within the cap's days, newest first, 10 at most. */
  readonly times: readonly number[];
  /** Offers ever, without those that were withdrawn because what is known changed. */
  readonly offered: number;
  /** Of those, the ones during which the action was done. */
  readonly taken: number;
  /** What the user had done of it (`doneBy`) when the last offer began; lowered where counts fall (a reset, retention). */
  readonly doneBefore: number;
};

/**
 * Offers of all domains in which the user was seen, by `offerKey`. Those that were kept before domains had keys of their own stand by
 * the bare action id and count for whichever domain has such an action, until it keeps something itself.
 */
export type Offers = { readonly version: number; readonly actions: Readonly<Record<string, ActionOffers>> };

/** `real-estate/call-newest-lead`: two products may have actions of one name. */
export const offerKey = (domain: string, action: string): string => `${domain}/${action}`;

export const noOffers: Offers = { version: 0, actions: {} };

export type OfferStore = {
  get(userId: string): Promise<Offers>;
  /** Replaces what is kept, on condition that nobody did since it was read (`version`); false where somebody did. */
  put(userId: string, offers: Offers, expectedVersion: number): Promise<boolean>;
  remove(userId: string): Promise<void>;
};

/** An action as it is offered. */
export type OfferedAction = {
  readonly action: string;
  readonly title: string;
  readonly description: string;
  readonly target: string;
  /** Probability that the user does it while the offer stands. */
  readonly probability: number;
  /** value x probability (and what an open goal adds), by which actions are ordered. */
  readonly expectedValue: number;
  /** ms since the epoch */
  readonly expiresAt: number;
  readonly reason: string;
  /** Ids of facts. */
  readonly facts: readonly string[];
  /** Title of the open goal that it serves. */
  readonly serves?: string;
};
