import { type ChosenActions, chooseActions } from '../../actions/choose-actions.ts';
import { noOffers, type OfferStore, type Offers, offerKey } from '../../actions/types.ts';
import type { Domain } from '../../domains/types.ts';
import { CONSENT_REASON } from '../../privacy/consent.ts';
import type { KnownUser } from './insight-sheet.ts';

const ACTIONS = 3;
const ATTEMPTS = 3;
const BUSY = 'Actions are being offered on another page at this moment';

const NOTHING: ChosenActions = {
  offered: [],
  offers: { version: 0, actions: {} },
  changed: false,
  reason: CONSENT_REASON,
};

type Offering = {
  readonly userId: string;
  readonly domain: Domain;
  readonly known: KnownUser;
  readonly now: number;
};

const choose = ({ domain, known, now }: Offering, offers: Offers): ChosenActions => {
  const { sheet, behaviour, profile } = known;
  return chooseActions({ domain, sheet, behaviour, profile, offers, now, limit: ACTIONS });
};

/** The next best actions, as they follow from what is remembered of offers; none where the user does not allow personalisation. */
export const actionsFor = (offering: Offering, offers: Offers): ChosenActions =>
  offering.known.personalised ? choose(offering, offers) : NOTHING;

/** Of what was chosen only what is remembered already: what nobody remembers could come again before its cooldown is over. */
const withoutNew = (chosen: ChosenActions, { domain }: Offering, { actions }: Offers): ChosenActions => {
  const isStanding = (action: string): boolean => {
    const kept = actions[offerKey(domain.name, action)] ?? actions[action];
    return kept !== undefined && kept.endedAt === undefined;
  };
  const offered = chosen.offered.filter(({ action }) => isStanding(action));
  return { ...chosen, offered, ...(offered.length === 0 && { reason: chosen.reason ?? BUSY }) };
};

/**
 * Remembers what is offered. Where somebody else did so meanwhile, actions are chosen anew from what is remembered then: pages that
 * open at once show the same. Where others keep being first, nothing is offered that is not remembered.
 */
export const keepOffers = async (
  store: OfferStore,
  offering: Offering,
  chosen: ChosenActions,
): Promise<ChosenActions> => {
  const { userId } = offering;
  let [latest, current] = [chosen, noOffers];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (!latest.changed) return latest;
    if (await store.put(userId, latest.offers, latest.offers.version)) return latest;
    current = await store.get(userId);
    latest = choose(offering, current);
  }
  return latest.changed ? withoutNew(latest, offering, current) : latest;
};
