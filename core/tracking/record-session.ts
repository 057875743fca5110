import { type SessionData, sessionInteractions } from '../profile/fold/session-interactions.ts';
import { checkOccurrence, deviceKind, type SentInteraction } from './normalise.ts';
import { type Tracked, type TrackingPorts, trackInteractions } from './track-interactions.ts';

/** A session as clients report it; times are ISO-8601. */
export type SentSession = Pick<SessionData, 'sessionId' | 'pages' | 'actions'> & {
  startedAt: string;
  endedAt?: string;
  device: NonNullable<SentInteraction['device']>;
};

/** Counts a reported session and what happened in it, through the one fold. Throws `Invalid` for impossible times. */
export const recordSession = async (
  ports: TrackingPorts,
  sent: SentSession,
  moment: { userId: string; now: number; retentionMs: number },
): Promise<Tracked> => {
  const { sessionId, pages, actions } = sent;
  const startedAt = Date.parse(sent.startedAt);
  const endedAt = sent.endedAt === undefined ? undefined : Date.parse(sent.endedAt);
  checkOccurrence(startedAt, moment, 'startedAt');
  if (endedAt !== undefined) checkOccurrence(endedAt, moment, 'endedAt');
  const session = {
    userId: moment.userId,
    sessionId,
    startedAt,
    endedAt,
    device: deviceKind(sent.device),
    pages,
    actions,
  };
  return trackInteractions(ports, { ...moment, interactions: sessionInteractions(session, moment.now) });
};
