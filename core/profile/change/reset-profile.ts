import type { AchievementStore } from '../../achievements/types.ts';
import type { OfferStore } from '../../actions/types.ts';
import { NotFound } from '../../errors.ts';
import type { GenerationStore } from '../../generation/types.ts';
import type { TextStore } from '../../insights/ports.ts';
import type { JournalStore } from '../../journal/ports.ts';
import { resetBehaviour } from '../../journal/reset-behaviour.ts';
import type { LearningPathStore } from '../../learning/types.ts';
import type { PrecomputedStore } from '../../recommend/ports.ts';
import type { UpdateStore } from '../../updates/ports.ts';
import { newProfile, type StoredProfile } from '../stored-profile.ts';
import { changeProfile, type KnownUser, loadKnownUser, type ProfilePorts } from './manage-profile.ts';

export type ResetPorts = ProfilePorts & {
  readonly journal: JournalStore;
  readonly precomputed: PrecomputedStore;
  readonly achievements: Pick<AchievementStore, 'remove'>;
  readonly generations: Pick<GenerationStore, 'remove'>;
  readonly learningPaths: Pick<LearningPathStore, 'remove'>;
  readonly texts: Pick<TextStore, 'remove'>;
  readonly offers: Pick<OfferStore, 'remove'>;
  readonly updates: Pick<UpdateStore, 'remove'>;
};

/** What a reset does not touch. */
export const KEPT_ON_RESET: string[] = ['identity', 'privacy', 'timezone'];

const forgotten = (profile: StoredProfile, now: number): StoredProfile => ({
  ...newProfile(profile.userId, profile.createdAt),
  ...(profile.email === undefined ? {} : { email: profile.email }),
  ...(profile.timezone === undefined ? {} : { timezone: profile.timezone }),
  privacy: profile.privacy,
  version: profile.version,
  updatedAt: now,
});

/** What is kept of a user beside the profile and the journal. */
const forgetBeside = async (ports: ResetPorts, userId: string): Promise<void> => {
  const { precomputed, achievements, generations, learningPaths, texts, offers, updates } = ports;
  const stores = [precomputed, achievements, generations, learningPaths, texts, offers, updates];
  await Promise.all(stores.map((store) => store.remove(userId)));
};

/** Somebody may have outcomes of generations and nothing else: these are forgotten, too. */
const refuseUnknown = async (ports: ResetPorts, userId: string, now: number): Promise<void> => {
  try {
    await loadKnownUser(ports, userId, now);
  } catch (error) {
    if (error instanceof NotFound) await forgetBeside(ports, userId);
    throw error;
  }
};

/** Forgets what was learned, said, achieved, generated, written, offered and told; identity and consent stay. Throws `NotFound` for an unknown user. */
export const resetProfile = async (ports: ResetPorts, userId: string, now: number): Promise<KnownUser> => {
  await refuseUnknown(ports, userId, now);
  await resetBehaviour(ports.journal, userId, now);
  await forgetBeside(ports, userId);
  return changeProfile(ports, { userId, now, change: (profile) => forgotten(profile, now) });
};
