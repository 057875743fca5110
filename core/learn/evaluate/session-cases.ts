import type { Sequences } from '../data/sequences.ts';
import type { History } from '../models/model.ts';
import type { Cases } from './cases.ts';

const SHORTEST_SESSION = 2;

/**
 * Every step of every session becomes a case: the items so far are the history, the next item is the target, and every item
 * may come again (protocol of Hidasi et al. 2016 and Ludewig, Jannach 2018). Items that the training does not know are
 * left out of the sessions first, then sessions of fewer than two items. `numberOf[item]` is the training's number, -1 for none.
 */
export function sessionCases(sessions: Sequences, numberOf: Int32Array): Cases {
  const histories: History[] = [];
  const targets: Int32Array[] = [];
  const weights = new Float32Array(longest(sessions)).fill(1);
  for (let session = 0; session + 1 < sessions.start.length; session++) {
    const known: number[] = [];
    for (let at = sessions.start[session]!; at < sessions.start[session + 1]!; at++) {
      if (numberOf[sessions.item[at]!]! >= 0) known.push(at);
    }
    if (known.length < SHORTEST_SESSION) continue;
    const items = Int32Array.from(known, (at) => numberOf[sessions.item[at]!]!);
    const times = Float64Array.from(known, (at) => sessions.time[at]!);
    for (let next = 1; next < items.length; next++) {
      histories.push({
        items: items.subarray(0, next),
        weights: weights.subarray(0, next),
        times: times.subarray(0, next),
      });
      targets.push(items.subarray(next, next + 1));
    }
  }
  return { histories, targets };
}

/** The last sessions by the time of their last item: `share` of all that have any, at least one, but at most `most`. */
export function latestSessions(sessions: Sequences, share: number, most: number): number[] {
  const filled: number[] = [];
  for (let session = 0; session + 1 < sessions.start.length; session++) {
    if (sessions.start[session + 1]! > sessions.start[session]!) filled.push(session);
  }
  const endOf = (session: number) => sessions.time[sessions.start[session + 1]! - 1]!;
  filled.sort((a, b) => endOf(a) - endOf(b) || a - b);
  const size = Math.min(most, Math.max(1, Math.round(filled.length * share)));
  return filled.slice(filled.length - size);
}

function longest({ start }: Sequences): number {
  let most = 0;
  for (let session = 0; session + 1 < start.length; session++) {
    most = Math.max(most, start[session + 1]! - start[session]!);
  }
  return most;
}
