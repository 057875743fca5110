import type { StoredProfile } from '../stored-profile.ts';
import { rounded } from '../view/curves.ts';
import {
  type AspectCount,
  type Counted,
  LEARNED_KEY,
  type LearnedCounts,
  learnedCounts,
  mostFrequent,
} from './learned-preferences.ts';

export type BehaviourData = {
  actions?: readonly { type: string; feature?: string }[];
  projects?: readonly { visualStyle?: string; category?: string; duration?: number }[];
  feedback?: readonly { type?: string; sentiment: 'positive' | 'negative' | 'neutral'; aspect?: string }[];
  sessionId?: string;
};

/** A preference and how sure it is (0-1). */
export type Preference<T> = { value: T; confidence: number };

export type LearnedPreferences = {
  visualStyle: Preference<string> | null;
  category: Preference<string> | null;
  /** Mean duration of projects, in the unit of the client. */
  duration: Preference<number> | null;
  features: { feature: string; count: number; confidence: number }[];
  likedAspects: { aspect: string; confidence: number }[];
  dislikedAspects: { aspect: string; confidence: number }[];
};

/** More names than this of one kind are not kept: the rarest go. */
const MOST_NAMES = 50;
/** A share observed n times is believed n / (n + 3). */
const DOUBT = 3;
const FEATURES_SHOWN = 10;

const counting = (counted: readonly Counted[], names: readonly (string | undefined)[]): Counted[] => {
  const counts = new Map(counted);
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return mostFrequent([...counts]).slice(0, MOST_NAMES);
};

const countingAspects = (
  counted: readonly AspectCount[],
  feedback: NonNullable<BehaviourData['feedback']>,
): AspectCount[] => {
  const counts = new Map(counted.map(([aspect, liked, disliked]) => [aspect, { liked, disliked }]));
  for (const { aspect = undefined, type, sentiment } of feedback) {
    const name = aspect ?? type;
    if (name === undefined || sentiment === 'neutral') continue;
    const { liked, disliked } = counts.get(name) ?? { liked: 0, disliked: 0 };
    const up = sentiment === 'positive';
    counts.set(name, { liked: liked + (up ? 1 : 0), disliked: disliked + (up ? 0 : 1) });
  }
  return Array.from(counts, ([aspect, { liked, disliked }]): AspectCount => [aspect, liked, disliked])
    .sort((a, b) => b[1] + b[2] - a[1] - a[2] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_NAMES);
};

const countedWith = (counts: LearnedCounts, data: BehaviourData): LearnedCounts => {
  const projects = data.projects ?? [];
  const durations = projects.flatMap(({ duration }) => (duration === undefined ? [] : [duration]));
  return {
    visualStyles: counting(
      counts.visualStyles,
      projects.map((project) => project.visualStyle),
    ),
    categories: counting(
      counts.categories,
      projects.map((project) => project.category),
    ),
    features: counting(
      counts.features,
      (data.actions ?? []).map((action) => action.feature),
    ),
    aspects: countingAspects(counts.aspects, data.feedback ?? []),
    durations: [
      counts.durations[0] + durations.length,
      durations.reduce((sum, duration) => sum + duration, counts.durations[1]),
    ],
  };
};

/** Believed share: count / (n + 3); one of one is .25, nine of ten .69. */
const confidence = (count: number, total: number): number => rounded(count / (total + DOUBT), 3);

const total = (counted: readonly Counted[]): number => counted.reduce((sum, [, count]) => sum + count, 0);

const favourite = (counted: readonly Counted[]): Preference<string> | null => {
  const [first] = mostFrequent(counted);
  return first ? { value: first[0], confidence: confidence(first[1], total(counted)) } : null;
};

/** Aspects that one side prevails in, surest first. */
const aspectsOf = (aspects: readonly AspectCount[], side: 1 | 2): { aspect: string; confidence: number }[] =>
  aspects
    .filter((row) => row[side] > row[side === 1 ? 2 : 1])
    .map((row) => ({ aspect: row[0], confidence: confidence(row[side], row[1] + row[2]) }))
    .sort((a, b) => b.confidence - a.confidence);

/** What the counts say. `confidence` is the believed share: how often it was so, less doubt where little was seen. */
export const learnedFrom = (counts: LearnedCounts): LearnedPreferences => {
  const [n, sum] = counts.durations;
  const uses = total(counts.features);
  return {
    visualStyle: favourite(counts.visualStyles),
    category: favourite(counts.categories),
    duration: n === 0 ? null : { value: rounded(sum / n, 2), confidence: confidence(n, n) },
    features: mostFrequent(counts.features)
      .slice(0, FEATURES_SHOWN)
      .map(([feature, count]) => ({ feature, count, confidence: confidence(count, uses) })),
    likedAspects: aspectsOf(counts.aspects, 1),
    dislikedAspects: aspectsOf(counts.aspects, 2),
  };
};

/**
 * Learns style, category, duration, features and aspects from what a user made, did and said. Counts are kept in
 * `preferences.learned`, so that calls add up. Feedback without an aspect counts for its type.
 */
export const learnPreferences = (
  profile: StoredProfile,
  data: BehaviourData,
  now: number,
): { profile: StoredProfile; learned: LearnedPreferences } => {
  const counts = countedWith(learnedCounts(profile.preferences), data);
  const preferences = { ...profile.preferences, [LEARNED_KEY]: counts };
  return { profile: { ...profile, preferences, updatedAt: now }, learned: learnedFrom(counts) };
};
