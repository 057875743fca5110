import { noAchievements } from '../../achievements/types.ts';
import { dismissedActions } from '../../actions/dismissals.ts';
import { doneLately } from '../../actions/settle-offer.ts';
import type { Domain } from '../../domains/types.ts';
import type { UserModels } from '../../learn/users/types.ts';
import { type Behaviour, emptyBehaviour } from '../../profile/behaviour.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { allowsPersonalisation, newProfile, type StoredProfile } from '../../profile/stored-profile.ts';
import { factSheet } from '../facts/fact-sheet.ts';
import type { MarketOf } from '../facts/market-of.ts';
import type { FactSheet } from '../facts/types.ts';

/** What texts about a user may rest on. */
export type KnownUser = {
  /** False: profile, behaviour and sheet are those of nobody. */
  readonly personalised: boolean;
  /** Whether anything may be sent to a model. */
  readonly ai: boolean;
  readonly profile: StoredProfile;
  readonly behaviour: Behaviour;
  readonly sheet: FactSheet;
  /** Actions that the user dismissed a while ago: no text proposes them. */
  readonly dismissed: readonly string[];
  /** Actions that the user did within their cooldown. */
  readonly done: readonly string[];
};

export type Surroundings = {
  readonly userId: string;
  readonly domain: Domain;
  readonly marketOf: MarketOf;
  readonly models: UserModels | undefined;
  /** ms since the epoch */
  readonly now: number;
};

/** The facts about a user as they are now; those about nobody where the user does not allow personalisation. */
export const knownUser = (
  {
    profile: stored,
    journal,
    achievements = noAchievements,
  }: Pick<LoadedUser, 'profile' | 'journal' | 'achievements'>,
  { userId, domain, marketOf, models, now }: Surroundings,
): KnownUser => {
  const personalised = stored === undefined || allowsPersonalisation(stored);
  const profile = personalised && stored ? stored : newProfile(userId, now);
  const behaviour = (personalised && journal.behaviour) || emptyBehaviour();
  const market = marketOf(profile, now);
  const sheet = factSheet({ profile, behaviour, models, market, days: achievements.days, now }, domain);
  const ai = personalised && profile.privacy.consents.ai;
  const dismissed = dismissedActions(behaviour, domain, now);
  const done = doneLately(behaviour, domain, now);
  return { personalised, ai, profile, behaviour, sheet, dismissed, done };
};

/** True where nothing is known of the user beyond what is so for everybody. */
export const isUnknown = ({ facts }: FactSheet): boolean => facts.some(({ kind }) => kind === 'unknown');
