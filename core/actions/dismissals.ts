import type { ActionDefinition, Domain } from '../domains/types.ts';
import type { Behaviour } from '../profile/behaviour.ts';

const HOUR_MS = 3_600_000;
const DISMISSING = new Set(['dismiss', 'dismissed']);

/** When actions were dismissed last (ms since the epoch), by their ids: interactions `dismiss` with an `action` as content. */
export const lastDismissals = ({ recent }: Pick<Behaviour, 'recent'>): ReadonlyMap<string, number> => {
  const last = new Map<string, number>();
  for (const [at, , type, contentId, contentType] of recent) {
    if (contentType !== 'action' || !DISMISSING.has(type)) continue;
    last.set(contentId, Math.max(at, last.get(contentId) ?? at));
  }
  return last;
};

/** Ids of the actions that the user dismissed and whose cooldown runs: no text should propose them. */
export const dismissedActions = (
  behaviour: Pick<Behaviour, 'recent'>,
  { actions }: Pick<Domain, 'actions'>,
  now: number,
): string[] => {
  const last = lastDismissals(behaviour);
  const rests = ({ id, cooldownHours }: ActionDefinition): boolean =>
    now < (last.get(id) ?? -Infinity) + cooldownHours * HOUR_MS;
  return actions.filter(rests).map(({ id }) => id);
};
