import type { Domain } from '../domains/types.ts';
import { type Behaviour, emptyBehaviour } from '../profile/behaviour.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import { daysIn } from './active-days.ts';
import { crossed, isReached } from './measure.ts';
import type { TrackedAchievementPorts, UnlockPorts } from './ports.ts';
import { streakOf } from './streak.ts';
import { type AchievementState, achievementKey } from './types.ts';
import { tellUntold, type UnlockedNow, unlockAll } from './unlock.ts';

/** Whose achievements, by what was read of them. */
export type Reading = {
  readonly userId: string;
  readonly domain: Domain;
  readonly profile: Pick<StoredProfile, 'timezone'> | undefined;
  readonly behaviour: Behaviour;
  /** ms since the epoch */
  readonly now: number;
};

/** Unlocks whatever the metrics say is reached, and tells of what was not told. Answers what this call unlocked. */
export const unlockReached = async (ports: UnlockPorts, reading: Reading, state: AchievementState) => {
  const { domain, profile, behaviour, now } = reading;
  const streak = streakOf(daysIn(state.days), now, profile?.timezone ?? 'UTC');
  const reached = domain.achievements.filter(
    (definition) =>
      state.unlocked[achievementKey(domain.name, definition.id)] === undefined &&
      isReached(definition, behaviour, streak),
  );
  await tellUntold(ports, reading, state);
  return unlockAll(ports, reading, reached);
};

export type AfterFold = {
  readonly userId: string;
  readonly profile: Pick<StoredProfile, 'timezone'> | undefined;
  readonly before: Behaviour | undefined;
  readonly after: Behaviour;
  /** What is kept, where the interactions brought a day. */
  readonly state: AchievementState | undefined;
  /** True where some of the interactions had been counted before: a delivery that was cut off may have left something undone. */
  readonly repeated: boolean;
  /** ms since the epoch */
  readonly now: number;
};

const unlockedAfter = async (ports: TrackedAchievementPorts, fold: AfterFold) => {
  const { userId, profile, before = emptyBehaviour(), after, now } = fold;
  const domain = ports.domain();
  const state = fold.state ?? (fold.repeated ? await ports.achievements.get(userId) : undefined);
  if (state) return unlockReached(ports, { userId, domain, profile, behaviour: after, now }, state);
  return unlockAll(ports, { userId, domain, now }, crossed(domain.achievements, before, after));
};

/**
 * What interactions unlocked, once they are folded. Nothing is asked of the store unless they brought a day, repeat others, or carried a
 * metric over a target. Never throws: what fails is done by the next read.
 */
export const achievementsAfter = async (
  ports: TrackedAchievementPorts,
  fold: AfterFold,
): Promise<UnlockedNow[]> => {
  try {
    return (await unlockedAfter(ports, fold)).map(({ id, name }) => ({ id, name }));
  } catch (error) {
    ports.delayed(error);
    return [];
  }
};
