import { NotFound } from '../../errors.ts';
import { CONSENT_REASON } from '../../privacy/consent.ts';
import { rankGiven } from '../rank/rank-given.ts';
import { similarItems } from '../rank/similar-items.ts';
import { type SharedData, sourcesOf } from '../shared-data.ts';
import type { RankedGiven } from '../types.ts';
import { userSignals } from '../user-signals.ts';
import { neighboursOf } from './compute-list.ts';
import type { ServingPorts } from './decide.ts';

export type RankAnswer = {
  readonly items: readonly RankedGiven[];
  readonly source: 'computed' | 'fallback';
  readonly reason?: string;
};

/** Orders a list that the caller brings, for one user: the user's read, then the neighbours of the last items. */
export const rankForUser = async (
  ports: Pick<ServingPorts, 'users' | 'models' | 'shared'>,
  ask: { userId: string; contentIds: readonly string[]; now: number },
): Promise<RankAnswer> => {
  const [shared, loaded] = await Promise.all([
    ports.shared(),
    ports.users.load(ask.userId, { parts: 'ledger', now: ask.now }),
  ]);
  const user = userSignals(ask.userId, loaded, ask.now);
  const neighbours = await neighboursOf(ports.models, shared, user);
  const items = rankGiven(ask.contentIds, user, sourcesOf(shared, neighbours), ask.now);
  return user.personalised
    ? { items, source: 'computed' }
    : { items, source: 'fallback', reason: CONSENT_REASON };
};

/** Items similar to one, with reasons. Throws `NotFound` for an id that the catalogue does not hold. */
export const similarTo = async (
  ports: Pick<ServingPorts, 'models' | 'shared'>,
  ask: { itemId: string; limit: number; now: number },
) => {
  const shared: SharedData = await ports.shared();
  if (!shared.catalogue.items.has(ask.itemId)) throw new NotFound(`There is no item "${ask.itemId}"`);
  const neighbours = shared.model ? await ports.models.getNeighbours([ask.itemId], shared.model) : new Map();
  return similarItems(ask.itemId, ask.limit, sourcesOf(shared, neighbours), ask.now);
};
