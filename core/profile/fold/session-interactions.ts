import type { Interaction } from '../types.ts';
import { nameHash } from './name-hash.ts';

export type SessionPage =
  | string
  | { page?: string; path?: string; durationMs?: number; scrollDepth?: number; at?: number };
export type SessionAction = string | { type: string; feature?: string; contentId?: string; at?: number };

/** One session as a client reports it; times in ms since the epoch. */
export type SessionData = {
  userId: string;
  sessionId: string;
  startedAt: number;
  endedAt?: number;
  device?: string;
  pages?: readonly SessionPage[];
  actions?: readonly SessionAction[];
};

const LONGEST_READABLE = 64;

/** Short enough for an id whatever the session is called, and the same for every repeat of the report. */
const idPrefix = (sessionId: string): string => {
  const bits = [1, 2].map((seed) => nameHash(sessionId, seed).toString(36)).join('');
  return `session:${sessionId.slice(0, LONGEST_READABLE)}:${bits}`;
};

const asType = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

/** When step `index` of `steps` happened: as it says, else spread evenly over the session; never outside of it. */
const timeOf = (session: SessionData, index: number, steps: number, at?: number): number => {
  const end = session.endedAt ?? session.startedAt;
  const spread = session.startedAt + ((end - session.startedAt) * (index + 1)) / (steps + 1);
  return Math.round(Math.min(Math.max(at ?? spread, session.startedAt), end));
};

type Step = Partial<Interaction> & { type: string; occurredAt: number };

const pageStep = (page: SessionPage, occurredAt: number): Step => {
  if (typeof page === 'string') return { type: 'page_view', context: { page }, occurredAt };
  const { durationMs, scrollDepth } = page;
  return {
    type: 'page_view',
    context: { page: page.page ?? page.path ?? '' },
    durationMs,
    scrollDepth,
    occurredAt,
  };
};

const actionStep = (action: SessionAction, occurredAt: number): Step => {
  if (typeof action === 'string') return { type: asType(action), occurredAt };
  return { type: asType(action.type), feature: action.feature, contentId: action.contentId, occurredAt };
};

const stepsOf = (session: SessionData): [suffix: string, step: Step][] => {
  const { pages = [], actions = [], startedAt, endedAt } = session;
  const atOf = (part: SessionPage | SessionAction): number | undefined =>
    typeof part === 'string' ? undefined : part.at;
  const end: [string, Step][] =
    endedAt === undefined
      ? []
      : [[`end.${endedAt.toString(36)}`, { type: 'session_end', occurredAt: endedAt }]];
  return [
    ['start', { type: 'session_start', occurredAt: startedAt }],
    ...pages.map((page, i): [string, Step] => [
      `page.${i}`,
      pageStep(page, timeOf(session, i, pages.length, atOf(page))),
    ]),
    ...actions.map((action, i): [string, Step] => [
      `action.${i}`,
      actionStep(action, timeOf(session, i, actions.length, atOf(action))),
    ]),
    ...end,
  ];
};

/**
 * A reported session as interactions (start, page views, actions, end), so that the one fold counts it. Ids follow from
 * session and position: a report sent again counts once, and one that has grown counts what is new. An end that moved is a
 * further `session_end`, which makes the session as long as its last one.
 */
export const sessionInteractions = (session: SessionData, receivedAt: number): Interaction[] => {
  const prefix = idPrefix(session.sessionId);
  const { userId, sessionId, device } = session;
  return stepsOf(session).map(([suffix, step]) => {
    const present = Object.fromEntries(
      Object.entries(step).filter(([, value]) => value !== undefined),
    ) as Step;
    return {
      ...present,
      interactionId: `${prefix}:${suffix}`,
      userId,
      sessionId,
      ...(device === undefined ? {} : { device }),
      receivedAt,
    };
  });
};
