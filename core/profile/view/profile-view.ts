import { type GoalView, goalViews } from '../../goals/goal-progress.ts';
import type { UserModels } from '../../learn/users/types.ts';
import { isLearner, type LearnerView, learnerView } from '../../learning/learner/learner-view.ts';
import { type Segment, segmentsOf } from '../../segments/segments-of.ts';
import { type NextAction, nextActions } from '../../workflow/next-actions.ts';
import { type WorkflowPattern, workflowPatterns } from '../../workflow/workflow-patterns.ts';
import { type Behaviour, emptyBehaviour, type RecentEntry } from '../behaviour.ts';
import { recentEntries } from '../fold/recent.ts';
import { recentActionLog } from '../fold/recent-action-log.ts';
import { medianSessionMinutes } from '../fold/session-days.ts';
import { deviceShares, featureUses } from '../fold/tallies.ts';
import {
  allowsPersonalisation,
  type Learner,
  type Privacy,
  type QuestionnaireData,
  type StoredProfile,
} from '../stored-profile.ts';
import { type ContentPreference, contentPreferences } from './content-preferences.ts';
import { rounded } from './curves.ts';
import { engagementLevel } from './engagement-level.ts';
import { type ChurnView, type LearnedSegment, type LifetimeValueView, learnedView } from './learned-view.ts';
import { personalizationScore } from './personalization-score.ts';
import { analyticsOf, type ProfileAnalytics } from './profile-analytics.ts';
import { type SkillLevel, skillLevel } from './skill-level.ts';

export type SessionStatistics = {
  count: number;
  /** Time of the last interaction. */
  lastAt: string | null;
  /** Over the last sessions; null before the first. */
  medianMinutes: number | null;
  /** Interactions by hour of the day, UTC. */
  byHour: number[];
};

export type RecentActivity = {
  type: string;
  contentId?: string;
  contentType?: string;
  feature?: string;
  /** Strength of the preference shown; negative is dislike. */
  signal: number;
  at: string;
};

/** The profile of the HTTP contract; times are ISO 8601. */
export type ProfileView = {
  userId: string;
  email?: string;
  attributes: Record<string, unknown>;
  preferences: Record<string, unknown>;
  questionnaire?: QuestionnaireData & { score: number; answeredAt: string };
  /** What is stated, and what shows. */
  learner?: Omit<Partial<Learner>, 'interests'> & LearnerView;
  marketFocus: string[];
  goals: GoalView[];
  features: { feature: string; count: number; lastUsedAt: string }[];
  contentPreferences: ContentPreference[];
  segments: Segment[];
  /** Absent while no model of users is in service. */
  learnedSegment?: LearnedSegment;
  skillLevel: SkillLevel;
  engagementLevel: number;
  personalizationScore: number;
  churn: ChurnView;
  lifetimeValue: LifetimeValueView;
  nextActions: NextAction[];
  workflowPatterns: WorkflowPattern[];
  sessions: SessionStatistics;
  /** Share of the interactions by device. */
  devices: Record<string, number>;
  privacy: Privacy;
  timezone?: string;
  analytics: ProfileAnalytics;
  recentActivity: RecentActivity[];
  version: number;
  createdAt: string;
  updatedAt: string;
};

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

/** Sessions: how many, when last, how long, at what hours. */
export const sessionStatistics = (behaviour: Behaviour): SessionStatistics => {
  const minutes = medianSessionMinutes(behaviour.sessionDays);
  return {
    count: behaviour.sessions,
    lastAt: isoOrNull(behaviour.lastAt),
    medianMinutes: minutes === null ? null : rounded(minutes, 1),
    byHour: behaviour.hours,
  };
};

/** Share of the interactions by device, largest first. */
export const deviceView = (behaviour: Behaviour): Record<string, number> =>
  Object.fromEntries(deviceShares(behaviour).map(({ device, share }) => [device, rounded(share, 4)]));

const recentActivity = ([
  at,
  signal,
  type,
  contentId,
  contentType,
  feature,
]: RecentEntry): RecentActivity => ({
  type,
  ...(contentId === '' ? {} : { contentId }),
  ...(contentType === '' ? {} : { contentType }),
  ...(feature === '' ? {} : { feature }),
  signal: signal / 10,
  at: iso(at),
});

const statedPart = (profile: StoredProfile) => {
  const { questionnaire } = profile;
  return {
    userId: profile.userId,
    ...(profile.email === undefined ? {} : { email: profile.email }),
    ...(profile.timezone === undefined ? {} : { timezone: profile.timezone }),
    ...(questionnaire && {
      questionnaire: {
        ...questionnaire.data,
        score: questionnaire.score,
        answeredAt: iso(questionnaire.answeredAt),
      },
    }),
    attributes: profile.attributes,
    preferences: profile.preferences,
    marketFocus: profile.marketFocus,
    privacy: profile.privacy,
    version: profile.version,
    createdAt: iso(profile.createdAt),
    updatedAt: iso(profile.updatedAt),
  };
};

const shownPart = (profile: StoredProfile, behaviour: Behaviour, now: number) => ({
  goals: goalViews(profile.goals, behaviour, now),
  segments: segmentsOf(profile, behaviour, now),
  skillLevel: skillLevel(profile, behaviour),
  engagementLevel: engagementLevel(behaviour, now),
  personalizationScore: personalizationScore(profile, behaviour, now),
});

const learnerPart = (profile: StoredProfile, behaviour: Behaviour, now: number) => {
  const read = allowsPersonalisation(profile) ? behaviour : emptyBehaviour();
  if (!isLearner(profile, read)) return {};
  return { learner: { ...profile.learner, ...learnerView(profile, read, now) } };
};

/** The few that are shown. */
const SHOWN = 5;

const workflowPart = ({ timezone = 'UTC' }: StoredProfile, behaviour: Behaviour) => {
  const log = recentActionLog(behaviour);
  return {
    nextActions: nextActions(log, SHOWN),
    workflowPatterns: workflowPatterns(log, { timezone, count: SHOWN }),
  };
};

/**
 * Everything that is known of a user, as clients see it. `now` is ms since the epoch; `models` are the learned models of users in
 * service, without which rules answer.
 */
export const profileView = (known: {
  profile: StoredProfile;
  behaviour: Behaviour;
  now: number;
  models?: UserModels;
}): ProfileView => {
  const { profile, behaviour, now, models } = known;
  return {
    ...statedPart(profile),
    ...shownPart(profile, behaviour, now),
    ...learnerPart(profile, behaviour, now),
    ...learnedView(known, models),
    features: featureUses(behaviour, now).map(({ feature, count, lastUsedAt }) => ({
      feature,
      count,
      lastUsedAt: iso(lastUsedAt),
    })),
    contentPreferences: contentPreferences(behaviour).map((preference) => ({
      ...preference,
      score: rounded(preference.score, 4),
    })),
    ...workflowPart(profile, behaviour),
    sessions: sessionStatistics(behaviour),
    devices: deviceView(behaviour),
    analytics: analyticsOf(behaviour),
    recentActivity: recentEntries(behaviour).map(recentActivity),
  };
};
