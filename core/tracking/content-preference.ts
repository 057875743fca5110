import { contentPreferences } from '../profile/view/content-preferences.ts';
import { rounded } from '../profile/view/curves.ts';
import type { SentInteraction } from './normalise.ts';
import type { TrackedOne } from './track-one.ts';

/** The interaction that a stated success or failure of a kind of content is stored as. */
export const contentPreferenceInteraction = (stated: {
  contentType: string;
  success: boolean;
}): SentInteraction => ({
  type: 'content_preference',
  contentType: stated.contentType,
  value: stated.success ? 1 : 0,
});

/** The preference for that kind of content as it stands now, rounded as the profile shows it. */
export const contentPreferenceAnswer = ({ interaction, behaviour, reason }: TrackedOne) => {
  const contentType = interaction.contentType ?? '';
  const known = contentPreferences(behaviour).find((preference) => preference.contentType === contentType);
  return {
    success: true,
    contentPreference: known
      ? { ...known, score: rounded(known.score, 4) }
      : { contentType, successes: 0, failures: 0, score: 0.5 },
    reason,
  };
};
