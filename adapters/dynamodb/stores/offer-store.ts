import type { OfferStore } from '../../../core/actions/types.ts';
import { dropOffers, readOffers, replaceOffers } from '../access-patterns/offers.ts';
import type { Database } from '../database.ts';

/** What is remembered of actions that were offered; kept as long as the user, since a cooldown may be long. */
export const offerStore = (database: Database): OfferStore => ({
  get: (userId) => readOffers(database, userId),
  put: (userId, offers, expectedVersion) => replaceOffers(database, userId, offers, expectedVersion),
  remove: (userId) => dropOffers(database, userId),
});
