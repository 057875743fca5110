import type { AchievementDefinition, Domain } from '../domains/types.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import { rounded } from '../profile/view/curves.ts';
import { isOfStreak, readingOf } from './measure.ts';
import { type AchievementState, achievementKey, type Streak } from './types.ts';

/** An achievement as the contract shows it. */
export type AchievementView = Omit<AchievementDefinition, 'metric' | 'target' | 'imageUrl'> & {
  readonly imageUrl?: string;
  readonly progress: { readonly current: number; readonly target: number };
  readonly status: 'locked' | 'unlocked' | 'claimed';
  readonly unlockedAt?: string;
  readonly claimedAt?: string;
  readonly reason: string;
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** What is counted, in the product's own words. */
const counted = (domain: Domain, definition: AchievementDefinition): string => {
  if (isOfStreak(definition)) return definition.target === 1 ? 'day in a row' : 'days in a row';
  const words = domain.metrics.find(({ metric }) => metric === definition.metric);
  return (definition.target === 1 ? words?.one : words?.many) ?? definition.metric.replaceAll('_', ' ');
};

const reasonOf = (current: number, domain: Domain, definition: AchievementDefinition): string =>
  `${current} of ${definition.target} ${counted(domain, definition)}`;

/** What was unlocked stays so, and is shown as reached, whatever its metric (a streak that ended) says by now. */
const currentOf = (reading: number, target: number, isUnlocked: boolean): number =>
  isUnlocked ? target : rounded(Math.min(target, Math.max(0, reading)), 3);

/** One achievement of a user. Progress is measured anew each time and cut at the target. */
export const achievementView = (
  domain: Domain,
  definition: AchievementDefinition,
  known: { readonly behaviour: Behaviour; readonly streak: Streak; readonly state: AchievementState },
): AchievementView => {
  const { id, name, description, kind, target, imageUrl } = definition;
  const key = achievementKey(domain.name, id);
  const [unlockedAt, claimedAt] = [known.state.unlocked[key], known.state.claimed[key]];
  const isUnlocked = unlockedAt !== undefined;
  const current = currentOf(readingOf(definition, known.behaviour, known.streak), target, isUnlocked);
  return {
    id,
    name,
    description,
    kind,
    progress: { current, target },
    status: claimedAt !== undefined ? 'claimed' : isUnlocked ? 'unlocked' : 'locked',
    ...(isUnlocked && { unlockedAt: iso(unlockedAt) }),
    ...(claimedAt !== undefined && { claimedAt: iso(claimedAt) }),
    ...(imageUrl !== undefined && { imageUrl }),
    reason: reasonOf(current, domain, definition),
  };
};
