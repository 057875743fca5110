import type { StoredProfile } from '../../profile/stored-profile.ts';
import type { MarketView } from './market-view.ts';

/** What is told of the market to somebody, at a moment (ms since the epoch). */
export type MarketOf = (profile: StoredProfile, now: number) => MarketView;

/** Where no catalogue is at hand in time: suggestions answer within two seconds from a cold start, which reading a large one may not leave. */
export const marketUnknown: MarketOf = () => ({ focuses: [], trends: [], items: new Map() });
