import type { Domain } from '../domains/types.ts';
import type { AchievementUnlocked, EventPublisher } from '../events/ports.ts';
import type { UsersStore } from '../profile/ports.ts';
import type { UpdateStore } from '../updates/ports.ts';
import type { AchievementStore } from './types.ts';

/** What unlocking and telling needs. */
export type UnlockPorts = {
  readonly achievements: AchievementStore;
  readonly updates: Pick<UpdateStore, 'put'>;
  readonly events: EventPublisher<AchievementUnlocked>;
  /** Something could not be unlocked or told now: the user's next look at the achievements does it. */
  readonly delayed: (error: unknown) => void;
};

/** What tracking needs of achievements: those of the stack's own product. */
export type TrackedAchievementPorts = UnlockPorts & { readonly domain: () => Domain };

export type ReadAchievementsPorts = UnlockPorts & { readonly users: UsersStore };
