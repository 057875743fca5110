import type { SharedData } from '../../recommend/shared-data.ts';
import { statedInterests } from './market-facts.ts';
import type { MarketOf } from './market-of.ts';
import { marketView } from './market-view.ts';

/** What the catalogue and the trends tell of somebody's focus and stated interests. */
export const marketIn =
  (shared: SharedData): MarketOf =>
  (profile, now) =>
    marketView(shared, { focus: profile.marketFocus, interests: statedInterests(profile) }, now);
