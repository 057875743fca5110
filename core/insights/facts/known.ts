import type { ActiveDays } from '../../achievements/types.ts';
import type { UserModels } from '../../learn/users/types.ts';
import type { Behaviour } from '../../profile/behaviour.ts';
import type { StoredProfile } from '../../profile/stored-profile.ts';
import type { MarketView } from './market-view.ts';

/** Everything that facts about a user are made from. */
export type KnownToFacts = {
  readonly profile: StoredProfile;
  readonly behaviour: Behaviour;
  /** Learned models of users; the rules answer where there are none. */
  readonly models?: UserModels | undefined;
  readonly market: MarketView;
  /** Days with something done, as achievements count them; without them the behaviour alone tells (a lower bound). */
  readonly days?: ActiveDays | undefined;
  /** Whether the user is done with a content (`membership(loaded.facts)`); without it the recent interactions alone tell. */
  readonly done?: ((contentId: string) => boolean) | undefined;
  /** ms since the epoch */
  readonly now: number;
};

/** The zone of a user's clock. */
export const zoneOf = ({ timezone }: StoredProfile): string => timezone ?? 'UTC';
