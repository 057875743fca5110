import { Invalid } from '../../errors.ts';
import type { Learner, StoredProfile } from '../stored-profile.ts';
import { LEARNED_KEY } from './learned-preferences.ts';
import { mergePatch } from './merge-patch.ts';

/** What may be changed; absent parts stay. */
export type ProfileChanges = {
  attributes?: Record<string, unknown>;
  preferences?: Record<string, unknown>;
  email?: string;
  timezone?: string;
};

/** Attributes and preferences together, as characters of JSON: merges add up, and a table's item has an end. */
const MOST_JSON = 65_536;

const isTimezone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const mergedPreferences = (
  profile: StoredProfile,
  patch: Record<string, unknown>,
): Record<string, unknown> => {
  if (Object.hasOwn(patch, LEARNED_KEY) && patch[LEARNED_KEY] !== null) {
    const message = 'is kept by the engine: null forgets it, learn-preferences adds to it';
    throw new Invalid([{ path: `preferences.${LEARNED_KEY}`, message }]);
  }
  return mergePatch(profile.preferences, patch, 'preferences');
};

const refuseTooLarge = ({ attributes, preferences }: StoredProfile): void => {
  if (JSON.stringify([attributes, preferences]).length <= MOST_JSON) return;
  const message = `and preferences together must be at most ${MOST_JSON} characters of JSON`;
  throw new Invalid([{ path: 'attributes', message }]);
};

/**
 * Merges changes into a profile (JSON merge patch: null deletes a key). The version stays: `changeProfile` counts it.
 * @throws Invalid for keys that pollute prototypes, an unknown time zone, or more than 64 K characters in all
 */
export const applyUpdate = (profile: StoredProfile, changes: ProfileChanges, now: number): StoredProfile => {
  const { email = profile.email, timezone = profile.timezone } = changes;
  if (timezone !== undefined && !isTimezone(timezone)) {
    throw new Invalid([{ path: 'timezone', message: 'must be an IANA time zone such as Europe/Berlin' }]);
  }
  const updated: StoredProfile = {
    ...profile,
    attributes: mergePatch(profile.attributes, changes.attributes ?? {}, 'attributes'),
    preferences: mergedPreferences(profile, changes.preferences ?? {}),
    ...(email === undefined ? {} : { email }),
    ...(timezone === undefined ? {} : { timezone }),
    updatedAt: now,
  };
  refuseTooLarge(updated);
  return updated;
};

/** The learner's fields that are given replace those that are stored; lists are replaced as a whole. */
export const applyLearner = (
  profile: StoredProfile,
  learner: Partial<Learner>,
  now: number,
): StoredProfile => {
  const given = Object.fromEntries(Object.entries(learner).filter(([, value]) => value !== undefined));
  const before = profile.learner ?? { interests: [], careerGoals: [], learningObjectives: [] };
  return { ...profile, learner: { ...before, ...given }, updatedAt: now };
};

/** The markets or topics that the user works in; replaces the list, each once. */
export const applyMarketFocus = (
  profile: StoredProfile,
  focus: readonly string[],
  now: number,
): StoredProfile => ({
  ...profile,
  marketFocus: [...new Set(focus)],
  updatedAt: now,
});
