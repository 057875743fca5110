import { type KnownUser, loadKnownUser } from '../../../core/profile/change/manage-profile.ts';
import { type ProfileView, profileView } from '../../../core/profile/view/profile-view.ts';
import { switches } from '../environment.ts';
import { revalidated } from '../lazily.ts';
import { models, users } from '../ports/table-ports.ts';
import { logger } from '../telemetry.ts';

/** Learned models of users change once a night. */
const TTL_MS = 60_000;

const kept = revalidated(
  () => models().getUserModels(),
  () => TTL_MS,
);

/** The learned models of users in service, kept in the process; undefined where there are none or they cannot be read now: rules answer then. */
export const userModels = async () => {
  if (!switches().ml) return undefined;
  try {
    return await kept(Date.now());
  } catch (error) {
    logger.warn('user models not read', { error: error as Error });
    return undefined;
  }
};

/** The profile as clients see it. */
export const shownProfile = async (known: KnownUser, now: number): Promise<ProfileView> =>
  profileView({ profile: known.profile, behaviour: known.behaviour, now, models: await userModels() });

/** Reads a user and shows the profile; models that are not in memory come beside it. Throws `NotFound`. */
export const profileOf = async (userId: string, now: number): Promise<ProfileView> => {
  const [known] = await Promise.all([loadKnownUser({ users: users() }, userId, now), userModels()]);
  return shownProfile(known, now);
};
