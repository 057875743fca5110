import type { Dataset } from '../../data/dataset.ts';

/** The part of sequences that sessions are learned from. */
export type Sessions = { start: Int32Array; item: Int32Array; time: Float64Array };

/** A data set's users as sessions, where no sequences are given. */
export function sessionsOf({ userStart, userItem, userTime }: Dataset): Sessions {
  return { start: userStart, item: userItem, time: userTime };
}

/**
 * By item the latest sessions that hold it: `session[start[i] .. start[i + 1])`, latest first, and `position`, where in
 * `sessions.item` the item stands last in that session.
 */
export type SessionIndex = {
  readonly sessions: Sessions;
  readonly start: Int32Array;
  readonly session: Int32Array;
  readonly position: Int32Array;
  /** Time of the last item of every session; the latest of all. */
  readonly endedAt: Float64Array;
  readonly latest: number;
  /** How many sessions hold each item, and how many there are. */
  readonly counts: Int32Array;
  readonly total: number;
};

/** Indexes sessions by item, keeping `sessionsPerItem` of each. */
export function indexSessions(sessions: Sessions, items: number, sessionsPerItem: number): SessionIndex {
  const total = sessions.start.length - 1;
  const endedAt = new Float64Array(total);
  const order: number[] = [];
  for (let session = 0; session < total; session++) {
    if (sessions.start[session + 1]! === sessions.start[session]!) continue;
    endedAt[session] = sessions.time[sessions.start[session + 1]! - 1]!;
    order.push(session);
  }
  order.sort((a, b) => endedAt[b]! - endedAt[a]! || b - a);
  const counts = countSessions(sessions, items);
  const start = new Int32Array(items + 1);
  for (let item = 0; item < items; item++)
    start[item + 1] = start[item]! + Math.min(sessionsPerItem, counts[item]!);
  const next = start.slice(0, items);
  const session = new Int32Array(start[items]!);
  const position = new Int32Array(start[items]!);
  const seenIn = new Int32Array(items).fill(-1);
  for (const number of order) {
    for (let at = sessions.start[number + 1]! - 1; at >= sessions.start[number]!; at--) {
      const item = sessions.item[at]!;
      if (seenIn[item] === number || next[item]! === start[item + 1]!) continue;
      seenIn[item] = number;
      session[next[item]!] = number;
      position[next[item]!] = at;
      next[item]! += 1;
    }
  }
  const latest = order.length === 0 ? 0 : endedAt[order[0]!]!;
  return { sessions, start, session, position, endedAt, latest, counts, total: order.length };
}

function countSessions({ start, item }: Sessions, items: number): Int32Array {
  const counts = new Int32Array(items);
  const seenIn = new Int32Array(items).fill(-1);
  for (let session = 0; session + 1 < start.length; session++) {
    for (let at = start[session]!; at < start[session + 1]!; at++) {
      if (seenIn[item[at]!] === session) continue;
      seenIn[item[at]!] = session;
      counts[item[at]!]! += 1;
    }
  }
  return counts;
}
