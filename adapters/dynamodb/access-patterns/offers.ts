import type { Offers } from '../../../core/actions/types.ts';
import { offersFromItem, offersKey, offersToItem } from '../entities/offers.ts';
import { getItem } from '../read-items.ts';
import { deleteItem, putSuccessor } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const KEY = 'PK = USER#<userId>, SK = INSIGHTS#OFFERS';

export const readOffers = accessPattern(
  {
    name: 'readOffers',
    question: 'Which actions were offered to this user, when, and what came of it?',
    operation: 'GetItem',
    index: 'table',
    key: KEY,
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<Offers> =>
    offersFromItem(await getItem(call, offersKey(userId), true)),
);

export const replaceOffers = accessPattern(
  {
    name: 'replaceOffers',
    question: 'Replace what is remembered of the offers to this user by its successor',
    operation: 'PutItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'still at the version that it was computed from (or not there, for the first)',
  },
  (call, userId: string, offers: Offers, expectedVersion: number): Promise<boolean> =>
    putSuccessor(call, offersToItem(userId, offers, expectedVersion + 1), expectedVersion),
);

export const dropOffers = accessPattern(
  {
    name: 'dropOffers',
    question: 'Forget which actions were offered to this user',
    operation: 'DeleteItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: '-',
  },
  async (call, userId: string): Promise<void> => {
    await deleteItem(call, offersKey(userId));
  },
);
