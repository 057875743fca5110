import { noOffers, type Offers } from '../../../core/actions/types.ts';
import { type Item, key, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

export const offersKey = (userId: string) => key(userPartition(userId), 'INSIGHTS#OFFERS');

export const offersToItem = (userId: string, offers: Offers, version: number): Item => ({
  ...offersKey(userId),
  EntityType: 'Offers',
  v: 1,
  version,
  body: packJson(offers.actions),
});

export const offersFromItem = (item: Item | undefined): Offers =>
  item ? { version: Number(item.version), actions: unpackJson<Offers['actions']>(item.body) } : noOffers;
