import { engagementOf } from '../profile/fold/signals.ts';
import type { Interaction } from '../profile/types.ts';
import { engagementLevel } from '../profile/view/engagement-level.ts';
import { personalizationScore } from '../profile/view/personalization-score.ts';
import { normaliseInteraction, type SentInteraction } from './normalise.ts';
import { type SentimentOf, withSentiment } from './sentiment.ts';
import { type Tracked, type TrackingPorts, trackInteractions } from './track-interactions.ts';

export type TrackOnePorts = TrackingPorts & { readonly sentimentOf: SentimentOf };

/** When and for whom something is tracked. */
export type Moment = {
  readonly userId: string;
  /** ms since the epoch */
  readonly now: number;
  readonly retentionMs: number;
  readonly newId: () => string;
};

export type TrackedOne = Tracked & { readonly interaction: Interaction };

/** Normalises and tracks one interaction: the next read of the user sees it. Throws `Invalid` or `Conflict`. */
export const trackOne = async (
  ports: TrackOnePorts,
  sent: SentInteraction,
  moment: Moment,
): Promise<TrackedOne> => {
  const interaction = withSentiment(normaliseInteraction(sent, moment), ports.sentimentOf);
  const tracked = await trackInteractions(ports, { ...moment, interactions: [interaction] });
  return { ...tracked, interaction };
};

/** What the client of a single tracking call learns. */
export const trackedAnswer = ({ interaction, profile, behaviour, reason }: TrackedOne, now: number) => ({
  success: true,
  interactionId: interaction.interactionId,
  engagement: engagementOf(interaction),
  updatedProfile: {
    engagementLevel: engagementLevel(behaviour, now),
    personalizationScore: personalizationScore(profile, behaviour, now),
  },
  reason,
});

/** The sentiment of an interaction with its name, or null where it has none: beyond +-0.1 it is no longer neutral. */
export const sentimentAnswer = ({ sentiment }: Interaction) => {
  if (sentiment === undefined) return null;
  const label = sentiment > 0.1 ? 'positive' : sentiment < -0.1 ? 'negative' : 'neutral';
  return { score: sentiment, label } as const;
};

/** An interaction as it is read back: times as ISO-8601, without when it arrived. */
export const storedInteraction = ({ receivedAt: _, occurredAt, ...interaction }: Interaction) => ({
  ...interaction,
  context: interaction.context ? { ...interaction.context } : undefined,
  occurredAt: new Date(occurredAt).toISOString(),
});
