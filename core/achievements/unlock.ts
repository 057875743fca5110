import type { AchievementDefinition, Domain } from '../domains/types.ts';
import type { AchievementUnlocked } from '../events/ports.ts';
import type { Update } from '../updates/ports.ts';
import { updateId } from '../updates/update-id.ts';
import type { UnlockPorts } from './ports.ts';
import { type AchievementState, achievementKey } from './types.ts';

/** An achievement as the answer to a tracked step names it. */
export type UnlockedNow = Pick<AchievementDefinition, 'id' | 'name'>;

type Unlocking = { readonly userId: string; readonly domain: Domain; readonly now: number };
type Unlocked = Omit<Unlocking, 'now'> & { readonly definition: AchievementDefinition; readonly at: number };

const updateOf = ({ domain, definition: { id, name }, at }: Unlocked): Update => ({
  id: updateId(at, achievementKey(domain.name, id)),
  kind: 'achievement',
  at,
  about: id,
  title: `Achievement unlocked: ${name}`,
});

const eventOf = ({ userId, domain, definition, at }: Unlocked): AchievementUnlocked => ({
  id: `achievement/${userId}/${achievementKey(domain.name, definition.id)}@${at}`,
  type: 'AchievementUnlocked',
  userId,
  domain: domain.name,
  achievementId: definition.id,
  name: definition.name,
  kind: definition.kind,
  reason: definition.description,
  at,
});

/** Tells the bus and the user, then notes that it did. A crash in between tells again, under the same ids. */
const tell = async (ports: UnlockPorts, unlocked: Unlocked): Promise<void> => {
  const { userId, domain, definition } = unlocked;
  await Promise.all([
    ports.events.publish([eventOf(unlocked)]),
    ports.updates.put(userId, updateOf(unlocked)),
  ]);
  await ports.achievements.told(userId, achievementKey(domain.name, definition.id));
};

/** Unlocks what is reached; one winner tells of each. Answers what this call unlocked. What goes wrong is left to the next read. */
export const unlockAll = async (
  ports: UnlockPorts,
  { userId, domain, now }: Unlocking,
  reached: readonly AchievementDefinition[],
): Promise<AchievementDefinition[]> => {
  const unlocked: AchievementDefinition[] = [];
  for (const definition of reached) {
    try {
      const key = achievementKey(domain.name, definition.id);
      if (!(await ports.achievements.unlock(userId, key, now))) continue;
      unlocked.push(definition);
      await tell(ports, { userId, domain, definition, at: now });
    } catch (error) {
      ports.delayed(error);
    }
  }
  return unlocked;
};

/** Tells of what was unlocked and not told of, as it is after a crash between the two. */
export const tellUntold = async (
  ports: UnlockPorts,
  { userId, domain }: Omit<Unlocking, 'now'>,
  { untold, unlocked }: AchievementState,
): Promise<void> => {
  for (const definition of domain.achievements) {
    const key = achievementKey(domain.name, definition.id);
    const at = unlocked[key];
    if (at === undefined || !untold.includes(key)) continue;
    await tell(ports, { userId, domain, definition, at }).catch(ports.delayed);
  }
};
