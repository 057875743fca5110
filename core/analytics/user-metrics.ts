import type { DecisionStore } from '../decisions/ports.ts';
import { activityFacts } from '../insights/facts/activity-facts.ts';
import type { JournalPage, JournalStore } from '../journal/ports.ts';
import { storedInteractions } from '../journal/stored-interactions.ts';
import { allowsTracking, CONSENT_REASON } from '../privacy/consent.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import { DAY_MS } from '../profile/fold/decay.ts';
import { medianSessionMinutes } from '../profile/fold/session-days.ts';
import type { LoadedUser, UsersStore } from '../profile/ports.ts';
import { allowsPersonalisation } from '../profile/stored-profile.ts';
import type { CountedInteraction } from '../profile/types.ts';
import { rounded } from '../profile/view/curves.ts';
import { engagementLevel, meanEngagement } from '../profile/view/engagement-level.ts';
import { analyticsOf } from '../profile/view/profile-analytics.ts';
import { countRecommendations } from './count/count-recommendations.ts';
import { dayTally } from './count/day-tally.ts';
import { startOfDay } from './periods.ts';
import type { CountableUser, DayCounts } from './types.ts';

export type UserMetricsPorts = {
  readonly users: Pick<UsersStore, 'load'>;
  readonly decisions: Pick<DecisionStore, 'list'>;
  readonly journal: Pick<JournalStore, 'pages'>;
};

/** Traces of decisions, by which it is known what was shown, are kept so long. */
const SHOWN_DAYS = 30;
const WEEK_DAYS = 7;
const DIGITS = 3;
/** A sentiment weighs half as much as a rating: it was read from words. */
const SENTIMENT_WEIGHT = 0.5;

const TRENDS = ['rising', 'falling', 'steady', 'new', 'away'] as const;

export type Trend = (typeof TRENDS)[number];

const NOTHING_SHOWN = 'No recommendation was shown in the last 30 days';
const NOT_JUDGED = 'The user has rated nothing and given no feedback yet';
const UNKNOWN = 'Nothing is known of this user yet';

const trendOf = (behaviour: Behaviour, now: number): Trend => {
  const [activity] = activityFacts({ behaviour, now });
  return TRENDS.find((trend) => trend === activity?.words.trend) ?? 'new';
};

const engagementOf = (behaviour: Behaviour, interactions: readonly CountedInteraction[], now: number) => {
  const mean = meanEngagement(behaviour);
  const median = medianSessionMinutes(behaviour.sessionDays);
  const weekAgo = now - WEEK_DAYS * DAY_MS;
  return {
    level: engagementLevel(behaviour, now),
    mean: mean === null ? null : rounded(mean, DIGITS),
    interactions: behaviour.interactions,
    interactionsLast7Days: interactions.filter(({ occurredAt }) => occurredAt > weekAgo && occurredAt <= now)
      .length,
    sessions: behaviour.sessions,
    medianMinutes: median === null ? null : rounded(median, 1),
    completions: behaviour.completions,
    trend: trendOf(behaviour, now),
  };
};

type Followed = Pick<CountableUser, 'userId' | 'behaviour' | 'interactions' | 'decisions'>;

const clickThroughOf = (user: Followed, now: number) => {
  const window = { from: startOfDay(now) - (SHOWN_DAYS - 1) * DAY_MS, asOf: now + 1 };
  const tally = dayTally(window);
  countRecommendations({ ...user, judged: [], segments: [] }, window, tally);
  const days = Object.values(tally.days());
  const sumOf = (name: keyof DayCounts): number => days.reduce((sum, day) => sum + (day[name] ?? 0), 0);
  const [shown, clicked] = [sumOf('shown'), sumOf('clicked')];
  return {
    rate: shown === 0 ? null : rounded(clicked / shown, DIGITS),
    shown,
    clicked,
    converted: sumOf('converted'),
    dismissed: sumOf('dismissed'),
    ...(shown === 0 && { reason: NOTHING_SHOWN }),
  };
};

const satisfactionOf = (behaviour: Behaviour) => {
  const { averageRating, averageSentiment } = analyticsOf(behaviour);
  const [[ratings], [feedbacks]] = [behaviour.ratings, behaviour.sentiments];
  const weight = ratings + SENTIMENT_WEIGHT * feedbacks;
  const sum =
    (((averageRating ?? 1) - 1) / 4) * ratings +
    (((averageSentiment ?? 0) + 1) / 2) * SENTIMENT_WEIGHT * feedbacks;
  return {
    score: weight === 0 ? null : rounded(Math.min(1, Math.max(0, sum / weight)), DIGITS),
    averageRating,
    ratings,
    averageSentiment,
    feedbacks,
    ...(weight === 0 && { reason: NOT_JUDGED }),
  };
};

/** Pages of the days of which traces are kept, oldest first. */
const recentPages = async (
  { journal }: UserMetricsPorts,
  userId: string,
  { seq }: LoadedUser['journal'],
  from: number,
): Promise<JournalPage[]> => {
  const pages: JournalPage[] = [];
  if (seq === 0) return pages;
  const range = { userId, fromSeq: 1, toSeq: seq, order: 'newest first' } as const;
  for await (const page of journal.pages(range)) {
    pages.push(page);
    if (page.newestBefore < from) break;
  }
  return pages.reverse();
};

const measured = (user: Followed, now: number) => {
  const { userId, behaviour, interactions } = user;
  const { firstAt } = behaviour;
  return {
    userId,
    engagement: engagementOf(behaviour, interactions, now),
    clickThrough: clickThroughOf(user, now),
    satisfaction: satisfactionOf(behaviour),
    since: firstAt === null ? null : new Date(firstAt).toISOString(),
    generatedAt: new Date(now).toISOString(),
  };
};

/**
 * Engagement, click-through and satisfaction of one user. What was shown is known from the traces of decisions, so that click-through is about the last 30
 * days; everything else is about all of the time. Two round trips. Of a user whose consent forbids it nothing is read.
 */
export const userMetrics = async (ports: UserMetricsPorts, userId: string, now: number) => {
  const { profile, journal } = await ports.users.load(userId, { parts: 'head', now });
  const nothing = { userId, behaviour: emptyBehaviour(), interactions: [], decisions: [] };
  if (profile && !(allowsTracking(profile) && allowsPersonalisation(profile)))
    return { ...measured(nothing, now), reason: CONSENT_REASON };
  const from = startOfDay(now) - (SHOWN_DAYS - 1) * DAY_MS;
  const [decisions, pages] = await Promise.all([
    ports.decisions.list(userId, now),
    recentPages(ports, userId, journal, from),
  ]);
  const user = {
    userId,
    behaviour: journal.behaviour ?? emptyBehaviour(),
    interactions: storedInteractions({ state: journal, pages }),
    decisions,
  };
  const unknown = !profile && user.behaviour.interactions === 0 && decisions.length === 0;
  return { ...measured(user, now), ...(unknown && { reason: UNKNOWN }) };
};
