import { newDecisionId, wholeDecisionId } from '../decisions/decision-id.ts';
import { keepDecision, type TracePorts } from '../decisions/keep-decision.ts';
import type { Decision } from '../decisions/ports.ts';
import type { Domain } from '../domains/types.ts';
import { allowsTracking, CONSENT_REASON } from '../privacy/consent.ts';
import { emptyBehaviour } from '../profile/behaviour.ts';
import type { LoadedUser, UsersStore } from '../profile/ports.ts';
import { newProfile } from '../profile/stored-profile.ts';
import type { ModelStore } from '../recommend/ports.ts';
import type { ShownArm } from '../recommend/serve/arms.ts';
import { neighboursOf } from '../recommend/serve/compute-list.ts';
import { type ArmPorts, type UnderArms, underArms } from '../recommend/serve/under-arms.ts';
import type { SharedData } from '../recommend/shared-data.ts';
import type { UserSignals } from '../recommend/types.ts';
import { userSignals } from '../recommend/user-signals.ts';
import { segmentsOf } from '../segments/segments-of.ts';
import { homepageOf } from './default-homepage.ts';
import { type HeroOption, heroUnder } from './hero.ts';
import {
  type HomepageTrace,
  homepagePlace,
  homepageTraceOf,
  shorterHomepageTrace,
} from './homepage-trace.ts';
import { EVERYBODY, freshPage, freshSharedPage, toKept } from './kept-page.ts';
import { askedBy, isKnown, makePage, makeSharedPage } from './make-page.ts';
import type { HomepageStore, KeptPage, Page } from './types.ts';

export type HomepagePorts = TracePorts & {
  readonly users: UsersStore;
  readonly models: Pick<ModelStore, 'getNeighbours'>;
  /** Catalogue, model and rankings; no round trip most of the time. */
  readonly shared: () => Promise<SharedData>;
  readonly pages: Pick<HomepageStore, 'get' | 'put'>;
  /** Pages for many users, kept in the process. */
  readonly sharedPages: (domain: string) => Promise<ReadonlyMap<string, KeptPage>>;
  /** False: a kept page answers whatever the user did since. */
  readonly realtime: boolean;
  readonly arms: ArmPorts;
  /** Told when a page could not be kept: the next request makes it again. */
  readonly pageLost: (error: unknown) => void;
};

export type HomepageAsk = {
  readonly userId: string;
  readonly domain: Domain;
  /** ms since the epoch */
  readonly now: number;
  readonly newId: () => string;
};

export type HomepageSource = 'precomputed' | 'cache' | 'computed' | 'fallback';

/** A page, where it came from, and why it is not the user's own where it is not. */
type Found = {
  readonly page: Page;
  readonly source: HomepageSource;
  readonly reason?: string;
  /** True where the page was made now and is the user's own. */
  readonly isNew: boolean;
};

export type DecidedHomepage = Omit<Found, 'isNew'> & {
  readonly decisionId: string;
  readonly generatedAt: number;
  readonly experiments: readonly { readonly key: string; readonly variant: string }[];
};

const NOT_KNOWN =
  'Nothing speaks for this user yet: the page is that of everybody. Answers of the questionnaire or interactions make it their own';
const OF_SEGMENT =
  'Nothing else is known of this user yet: the page is that of the segment. Answers of the questionnaire or interactions make it their own';

type Read = {
  readonly shared: SharedData;
  readonly loaded: LoadedUser;
  readonly kept: KeptPage | undefined;
  readonly sharedPages: ReadonlyMap<string, KeptPage>;
  readonly user: UserSignals;
};

/** The page of those of whom nothing is known or may be used. */
const pageOfMany = ({ shared, sharedPages, user }: Read, { domain, now }: HomepageAsk): Found => {
  const fresh = { domain: domain.name, shared, user, now };
  const segment = user.personalised ? user.segment : undefined;
  const page = freshSharedPage(sharedPages.get(segment ?? EVERYBODY), fresh);
  const reason = segment === undefined ? NOT_KNOWN : OF_SEGMENT;
  const made = page ?? makeSharedPage(domain, shared, now, segment);
  if (!user.personalised) return { page: made, source: 'fallback', reason: CONSENT_REASON, isNew: false };
  return { page: made, source: page ? 'precomputed' : 'computed', reason, isNew: false };
};

const findPage = async (ports: HomepagePorts, read: Read, ask: HomepageAsk): Promise<Found> => {
  const { shared, loaded, kept, user } = read;
  const { domain, now } = ask;
  const asked = askedBy(loaded, user, domain, now);
  if (!user.personalised || !isKnown(user, asked)) return pageOfMany(read, ask);
  const fresh = { domain: domain.name, shared, user, now, realtime: ports.realtime };
  const page = freshPage(kept, loaded, fresh);
  if (page) return { page, source: kept?.precomputed ? 'precomputed' : 'cache', isNew: false };
  const neighbours = await neighboursOf(ports.models, shared, user);
  const made = makePage(loaded, { domain, shared, user, asked, neighbours, now });
  return { page: made, source: 'computed', isNew: true };
};

const optionOf = ({ assignment }: ShownArm): HeroOption | undefined =>
  (assignment.payload?.homepage as { hero?: HeroOption } | undefined)?.hero;

/** The page with the hero that an arm wants. */
const underHero = (found: Found, domain: Domain, arms: readonly ShownArm[]): Found => {
  const arm = arms.find((one) => optionOf(one) !== undefined);
  const option = arm && optionOf(arm);
  if (!arm || option === undefined) return found;
  const { key, variant } = arm.assignment;
  const reason = `Shown by the experiment "${key}" (${variant})`;
  const hero = heroUnder(homepageOf(domain), found.page.hero, { option, reason });
  return { ...found, page: { ...found.page, hero } };
};

const keepPage = async (
  { pages, pageLost }: HomepagePorts,
  { loaded, shared }: Read,
  { userId, domain, now }: HomepageAsk,
  page: Page,
): Promise<void> => {
  const from = {
    domain: domain.name,
    modelVersion: shared.model?.version ?? 0,
    profileVersion: loaded.profile?.version ?? 0,
    behaviourSeq: loaded.journal.seq,
    catalogueAt: shared.catalogue.changedAt,
    computedAt: now,
    precomputed: false,
  };
  try {
    await pages.put(userId, toKept(page, from));
  } catch (error) {
    pageLost(error);
  }
};

const traceFor = ({ answer, arms }: UnderArms<Found>, { loaded, shared, user }: Read, ask: HomepageAsk) => {
  const profile = loaded.profile ?? newProfile(ask.userId, ask.now);
  const behaviour = loaded.journal.behaviour ?? emptyBehaviour();
  return homepageTraceOf({
    page: answer.page,
    domain: ask.domain.name,
    source: answer.source,
    model: shared.model?.version ?? 0,
    segments: user.personalised ? segmentsOf(profile, behaviour, ask.now) : [],
    arms: arms.map(({ assignment: { key, variant }, line }) => [key, variant, line]),
  });
};

/** The bare id: that of the last page where it showed the same, else a new one, whose trace is written. */
const bareIdOf = async (
  ports: HomepagePorts,
  { userId, now, newId }: HomepageAsk,
  {
    place,
    last,
    trace,
    personalised,
  }: { place: string; last: Decision | undefined; trace: HomepageTrace; personalised: boolean },
): Promise<string> => {
  const before = last?.body as Partial<HomepageTrace> | undefined;
  if (personalised && last && before?.digest === trace.digest) return last.decisionId;
  const decisionId = newDecisionId(place, now, newId);
  const decision = { decisionId, userId, decidedAt: now, body: trace };
  if (personalised) await keepDecision(ports, decision, shorterHomepageTrace);
  return decisionId;
};

/**
 * The homepage of a user. Round trips: the user (and, beside it, the kept page and the last decision), the neighbours where the page is
 * made anew, and side by side what is new: the trace and the page. Of a user who does not allow personalisation nothing is used and
 * nothing is written: the page is that of everybody.
 */
export const homepage = async (ports: HomepagePorts, ask: HomepageAsk): Promise<DecidedHomepage> => {
  const { userId, domain, now } = ask;
  const place = homepagePlace(domain.name);
  const [shared, sharedPages, experiments, seal, loaded, kept, last] = await Promise.all([
    ports.shared(),
    ports.sharedPages(domain.name),
    ports.arms.experimentSet(),
    ports.userSeal(),
    ports.users.load(userId, { parts: 'all', now }),
    ports.pages.get(userId),
    ports.decisions.lastInContext(userId, place, now),
  ]);
  const user = userSignals(userId, loaded, now);
  const read: Read = { shared, sharedPages, loaded, kept, user };
  const found = await findPage(ports, read, ask);
  const make = async (arms: readonly ShownArm[]): Promise<Found> => underHero(found, domain, arms);
  const asking = {
    userId,
    loaded,
    experiments,
    ask: { context: 'homepage', chosen: [], target: 'homepage' as const },
    now,
  };
  const made: UnderArms<Found> = user.personalised
    ? await underArms(ports.arms, asking, make)
    : { arms: [], answer: await make([]) };
  const trace = traceFor(made, read, ask);
  const [bareId] = await Promise.all([
    bareIdOf(ports, ask, { place, last, trace, personalised: user.personalised }),
    found.isNew && allowsTracking(loaded.profile) ? keepPage(ports, read, ask, found.page) : undefined,
  ]);
  const { page, source, reason } = made.answer;
  return {
    page,
    source,
    reason,
    decisionId: wholeDecisionId(bareId, seal.seal(userId, bareId)),
    generatedAt: now,
    experiments: made.arms.map(({ assignment: { key, variant } }) => ({ key, variant })),
  };
};
