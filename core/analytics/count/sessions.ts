import { DAY_MS } from '../../profile/fold/decay.ts';
import type { Interaction } from '../../profile/types.ts';

/** ms since the epoch, of the first and the last interaction. */
export type Session = { start: number; end: number };

/**
 * The sessions that interactions name. The same name again after a day of silence is another session, as it is on the
 * profile. `interactions` oldest first.
 */
export const sessionsOf = (interactions: readonly Interaction[]): Session[] => {
  const open = new Map<string, Session>();
  const sessions: Session[] = [];
  for (const { sessionId, occurredAt } of interactions) {
    if (sessionId === undefined) continue;
    const known = open.get(sessionId);
    if (known && occurredAt - known.end <= DAY_MS) {
      known.end = occurredAt;
      continue;
    }
    const begun = { start: occurredAt, end: occurredAt };
    open.set(sessionId, begun);
    sessions.push(begun);
  }
  return sessions;
};
