import { emptyBehaviour } from '../profile/behaviour.ts';
import { type BehaviourData, learnPreferences } from '../profile/change/learn-preferences.ts';
import { changeProfile, type KnownUser, type ProfilePorts } from '../profile/change/manage-profile.ts';
import { newProfile } from '../profile/stored-profile.ts';
import { allowsTracking, CONSENT_REASON } from './consent.ts';

/** The profile after learning from what a user did; unchanged, with the `reason`, where consent forbids to learn. */
export const learnWithConsent = async (
  ports: ProfilePorts,
  ask: { userId: string; data: BehaviourData; now: number },
): Promise<KnownUser & { reason?: string }> => {
  const { userId, data, now } = ask;
  const { profile, journal } = await ports.users.load(userId, { parts: 'head', now });
  if (!allowsTracking(profile)) {
    const behaviour = journal.behaviour ?? emptyBehaviour();
    return { profile: profile ?? newProfile(userId, now), behaviour, reason: CONSENT_REASON };
  }
  return changeProfile(ports, {
    userId,
    now,
    change: (known) => learnPreferences(known, data, now).profile,
  });
};
