import { allowsPersonalisation, type StoredProfile } from '../profile/stored-profile.ts';

type WithPrivacy = Pick<StoredProfile, 'privacy'>;

/** False after an opt-out, at the strict level, or without consent to analytics: nothing about the user is then stored. */
export const allowsTracking = (profile: WithPrivacy | undefined): boolean =>
  !profile ||
  (!profile.privacy.optOut && profile.privacy.level !== 'strict' && profile.privacy.consents.analytics);

/** True where models may learn from what the user did: what may be stored and may be used for personalisation. */
export const allowsTraining = (profile: WithPrivacy | undefined): boolean =>
  allowsTracking(profile) && (!profile || allowsPersonalisation(profile));

/** Why nothing of what was done counts, for a user who allows personalisation but not that this is stored. */
export const NOT_COUNTED_REASON = 'The user does not allow what they do to be stored: nothing of it counts';

/** Why nothing was stored or read, in words for the answer. */
export const CONSENT_REASON = 'The user opted out of personalization: nothing was read or stored';
