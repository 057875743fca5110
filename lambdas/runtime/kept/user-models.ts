import { type EngagedTerms, engagedTerms } from '../../../core/catalog/engaged-terms.ts';
import { type KnownUser, loadKnownUser } from '../../../core/profile/change/manage-profile.ts';
import { contentHistory } from '../../../core/profile/fold/recent.ts';
import { allowsPersonalisation } from '../../../core/profile/stored-profile.ts';
import { type ProfileView, profileView } from '../../../core/profile/view/profile-view.ts';
import { switches } from '../environment.ts';
import { revalidated } from '../lazily.ts';
import { models, users } from '../ports/table-ports.ts';
import { logger } from '../telemetry.ts';
import { describedItems } from './described-items.ts';

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

/** Contents that a profile is described by; the newest tell most of what somebody is after. */
const DESCRIBING = 12;

/** Styles and topics of the contents that a user engaged with, as the catalogue describes them now. */
const contentInterestsOf = async (
  { profile, behaviour }: KnownUser,
  now: number,
): Promise<EngagedTerms | undefined> => {
  if (!allowsPersonalisation(profile)) return undefined;
  const history = contentHistory(behaviour).slice(0, DESCRIBING);
  const ids = history.map(({ itemId }) => itemId);
  return engagedTerms(history, await describedItems(ids, now));
};

/** The profile with the contents that describe the user: one more round trip, for answers that are about the whole profile. */
export const describedProfile = async (
  known: KnownUser,
  now: number,
): Promise<ProfileView & { contentInterests?: EngagedTerms | undefined }> => {
  const [shown, contentInterests] = await Promise.all([
    shownProfile(known, now),
    contentInterestsOf(known, now),
  ]);
  return { ...shown, ...(contentInterests && { contentInterests }) };
};

/** Reads a user and shows the whole profile; models that are not in memory come beside it. Throws `NotFound`. */
export const profileOf = async (userId: string, now: number) => {
  const [known] = await Promise.all([loadKnownUser({ users: users() }, userId, now), userModels()]);
  return describedProfile(known, now);
};
