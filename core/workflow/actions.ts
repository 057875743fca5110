import { isCompletion, strengthOf } from '../profile/fold/signal-table.ts';
import { engagementOf } from '../profile/fold/signals.ts';
import type { Interaction } from '../profile/types.ts';
import type { Step } from './action-log.ts';
import type { Outcome } from './best-hours.ts';

/** A step of a workflow and how it went. */
export type Action = Step & Outcome;

type Named = Pick<Interaction, 'type' | 'contentType' | 'feature'>;

/** What an interaction is called in sequences: its feature, else its type with the kind of content (`view:course`). */
export const actionName = ({ type, contentType = '', feature = '' }: Named): string => {
  if (feature !== '') return feature;
  return contentType === '' ? type : `${type}:${contentType}`;
};

/** False for what happened to the user only: an impression, a session's border. */
export const isAction = ({ type }: Pick<Interaction, 'type'>): boolean => strengthOf(type) !== 0;

/** A user's actions, oldest first, each interaction once, whatever the order in which they came. */
export const actionsOf = (interactions: readonly Interaction[]): Action[] => {
  const once = new Map(interactions.map((interaction) => [interaction.interactionId, interaction]));
  return [...once.values()]
    .filter(isAction)
    .sort((a, b) => a.occurredAt - b.occurredAt || (a.interactionId < b.interactionId ? -1 : 1))
    .map((interaction) => ({
      name: actionName(interaction),
      at: interaction.occurredAt,
      session: interaction.sessionId ?? '',
      engagement: engagementOf(interaction),
      completed: isCompletion(interaction),
    }));
};
