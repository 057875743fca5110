import type { Domain } from '../domains/types.ts';
import type { ItemNeighbours } from '../learn/types.ts';
import { emptyBehaviour } from '../profile/behaviour.ts';
import type { LoadedUser } from '../profile/ports.ts';
import { newProfile } from '../profile/stored-profile.ts';
import { type Asked, askedIn, DEFAULT_MATCHING } from '../recommend/matching.ts';
import { hasSignals } from '../recommend/rank/ladder.ts';
import type { SharedData } from '../recommend/shared-data.ts';
import type { UserSignals } from '../recommend/types.ts';
import { segmentsOf } from '../segments/segments-of.ts';
import { homepageOf } from './default-homepage.ts';
import { chooseHero, type HeroFacts, NO_FACTS } from './hero.ts';
import { rankSections } from './sections.ts';
import type { Page } from './types.ts';

/** Somebody of whom only the segment is known, or not even that. */
export const anybody = (segment?: string): UserSignals => ({
  userId: '',
  history: [],
  seen: () => false,
  completed: () => false,
  dismissed: () => false,
  interests: [],
  contentTypeAffinity: {},
  ...(segment !== undefined && { segment }),
  personalised: segment !== undefined,
  interactionCount: 0,
});

/** What the user's answers ask for; undefined where there are none, or personalisation is off. */
export const askedBy = (
  { profile }: Pick<LoadedUser, 'profile'>,
  user: UserSignals,
  domain: Domain,
  now: number,
): Asked | undefined =>
  user.personalised
    ? askedIn(profile?.questionnaire?.data, domain.matching ?? DEFAULT_MATCHING, now)
    : undefined;

/** Whether a page of one's own would differ from that of the segment. */
export const isKnown = (user: UserSignals, asked: Asked | undefined): boolean =>
  asked !== undefined || hasSignals(user) || Object.keys(user.contentTypeAffinity).length > 0;

const factsOf = (
  { profile, journal }: Pick<LoadedUser, 'profile' | 'journal'>,
  user: UserSignals,
  shared: SharedData,
  now: number,
): HeroFacts => ({
  answers: profile?.questionnaire?.data,
  segments: segmentsOf(profile ?? newProfile(user.userId, now), journal.behaviour ?? emptyBehaviour(), now),
  interests: user.interests,
  chosen: user.history
    .filter(({ weight }) => weight > 0)
    .map(({ itemId }) => shared.catalogue.items.get(itemId))
    .filter((item) => item !== undefined),
});

export type PageAsk = {
  readonly domain: Domain;
  readonly shared: SharedData;
  readonly user: UserSignals;
  readonly asked: Asked | undefined;
  readonly neighbours: ReadonlyMap<string, ItemNeighbours>;
  readonly now: number;
};

/** The page of one user. Pure. */
export const makePage = (loaded: Pick<LoadedUser, 'profile' | 'journal'>, ask: PageAsk): Page => {
  const { domain, shared, user, now } = ask;
  const definition = homepageOf(domain);
  const facts = user.personalised ? factsOf(loaded, user, shared, now) : NO_FACTS;
  return { hero: chooseHero(definition, facts), sections: rankSections({ ...ask, definition }) };
};

/** The page of everybody, or of everybody in a segment. Pure. */
export const makeSharedPage = (domain: Domain, shared: SharedData, now: number, segment?: string): Page => {
  const definition = homepageOf(domain);
  const segments = segment === undefined ? [] : [{ name: segment, confidence: 1 }];
  const ask = { definition, shared, user: anybody(segment), neighbours: new Map(), asked: undefined, now };
  return { hero: chooseHero(definition, { ...NO_FACTS, segments }), sections: rankSections(ask) };
};
