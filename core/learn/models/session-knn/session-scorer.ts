import { addTo, makeSparseSums, reset, type SparseSums } from '../../../numbers/sparse-sums.ts';
import { clear, makeTopK, offer, type TopK } from '../../../numbers/top-k.ts';
import type { NeighbourLists } from '../../lists/neighbour-lists.ts';
import type { History, Scorer } from '../model.ts';
import { popularityNudges } from '../popular.ts';
import type { SessionIndex } from './session-index.ts';
import type { SessionKnnParams } from './session-params.ts';

const DAY_MS = 86_400_000;
/** Decays are looked up; beyond the table they are those at its end. */
const DECAYS = 64;
/** Followers of an item that counts less than this are not looked at. */
const LEAST_WEIGHT = 1e-4;

type Room = {
  index: SessionIndex;
  params: SessionKnnParams;
  nudges: Float32Array;
  idf: Float32Array;
  /** Similarity that a session has by its age and length alone. */
  prior: Float32Array;
  itemDecays: Float64Array;
  similar: SparseSums;
  /** Where in a touched session the last shared item stands, and how many items of the current one came after it. */
  matchAt: Int32Array;
  matchAge: Uint8Array;
  /** Marks the items of the current session that were looked at. */
  looked: Int32Array;
  round: number;
  nearest: TopK;
};

/**
 * Vector session kNN with the decays of STAN (Ludewig, Jannach 2018; Garg et al. 2019; Kersbergen et al. 2022). For the current session
 * s and a session n that shares items with it, where item i stands k_i items before the end of s,
 *
 *   sim(s, n) = sum over shared i: positionDecay ** k_i * |n| ** -lengthExponent * 0.5 ** (age of n / recencyHalfLifeDays)
 *   knn(j) = sum over the `neighbours` most similar n that hold j:
 *            sim(s, n) * matchDecay ** k_m * itemDecay ** (|steps from m to j| - 1) * (beforeShare if j stands before m) * idf(j) ** idfExponent
 *
 * with m the shared item that came last in s. Divided by the sum of similarities, then mixed with what followed the last items.
 */
export function sessionScorer(
  index: SessionIndex,
  followers: NeighbourLists,
  params: SessionKnnParams,
): Scorer {
  const room = makeRoom(index, params);
  const items = index.counts.length;
  return {
    score(histories, out) {
      for (let row = 0; row < histories.length; row++) {
        const scores = out.subarray(row * items, (row + 1) * items);
        scores.set(room.nudges);
        const history = histories[row]!;
        if (params.orderShare < 1) addNeighbours(room, history, scores);
        if (params.orderShare > 0) addFollowers(followers, history, { params, scores });
      }
    },
  };
}

function makeRoom(index: SessionIndex, params: SessionKnnParams): Room {
  const { sessions, counts, endedAt, latest, total } = index;
  const { recencyHalfLifeDays, lengthExponent } = params;
  const sessionCount = sessions.start.length - 1;
  const prior = Float32Array.from(endedAt, (at, session) => {
    const length = sessions.start[session + 1]! - sessions.start[session]!;
    const age = recencyHalfLifeDays > 0 ? 0.5 ** ((latest - at) / (recencyHalfLifeDays * DAY_MS)) : 1;
    return age * Math.max(1, length) ** -lengthExponent;
  });
  return {
    index,
    params,
    nudges: popularityNudges(counts),
    idf: Float32Array.from(counts, (count) => Math.log(1 + total / Math.max(1, count)) ** params.idfExponent),
    prior,
    itemDecays: Float64Array.from({ length: DECAYS }, (_, step) => params.itemDecay ** Math.max(0, step - 1)),
    similar: makeSparseSums(sessionCount),
    matchAt: new Int32Array(sessionCount),
    matchAge: new Uint8Array(sessionCount),
    looked: new Int32Array(counts.length),
    round: 0,
    nearest: makeTopK(Math.max(1, Math.min(params.neighbours, sessionCount))),
  };
}

/** Adds the items of the nearest sessions; shares of all similarity, so that they compare with those of `addFollowers`. */
function addNeighbours(room: Room, history: History, scores: Float32Array): void {
  const { index, params, similar, matchAt, matchAge, nearest, idf, itemDecays } = room;
  const { start, item } = index.sessions;
  findNearest(room, history);
  let total = 0;
  for (let at = 0; at < nearest.size; at++) total += nearest.scores[at]!;
  if (total === 0) return;
  const scale = (1 - params.orderShare) / total;
  for (let at = 0; at < nearest.size; at++) {
    const session = nearest.ids[at]!;
    const weight = scale * similar.sums[session]! * params.matchDecay ** matchAge[session]!;
    const match = matchAt[session]!;
    const end = start[session + 1]!;
    for (let place = start[session]!; place < end; place++) {
      const steps = place > match ? place - match : match - place;
      const side = place > match ? weight : weight * params.beforeShare;
      const other = item[place]!;
      scores[other]! += side * itemDecays[steps < DECAYS ? steps : DECAYS - 1]! * idf[other]!;
    }
  }
}

/** Fills `nearest` with the sessions most similar to the last items of the history. */
function findNearest(room: Room, { items }: History): void {
  const { index, params, similar, matchAt, matchAge, looked, nearest, prior } = room;
  const { start, session, position } = index;
  reset(similar);
  room.round += 1;
  let weight = 1;
  const oldest = Math.max(0, items.length - params.latest);
  for (let at = items.length - 1; at >= oldest; at--) {
    const item = items[at]!;
    if (looked[item] !== room.round) {
      looked[item] = room.round;
      const end = start[item + 1]!;
      for (let slot = start[item]!; slot < end; slot++) {
        const other = session[slot]!;
        if (similar.stamps[other] !== similar.round) {
          matchAt[other] = position[slot]!;
          matchAge[other] = Math.min(255, items.length - 1 - at);
        }
        addTo(similar, other, weight * prior[other]!);
      }
    }
    weight *= params.positionDecay;
  }
  clear(nearest);
  let least = 0;
  for (let at = 0; at < similar.size; at++) {
    const other = similar.keys[at]!;
    if (similar.sums[other]! < least) continue;
    offer(nearest, other, similar.sums[other]!);
    if (nearest.size === nearest.ids.length) least = nearest.scores[0]!;
  }
}

/** Adds what followed the last items, each counting `positionDecay` times what the one after it does. */
function addFollowers(
  { stride, sizes, ids, scores: shares }: NeighbourLists,
  { items }: History,
  { params, scores }: { params: SessionKnnParams; scores: Float32Array },
): void {
  const looked = Math.min(items.length, params.latest);
  let total = 0;
  for (let place = 0; place < looked; place++) total += params.positionDecay ** place;
  let weight = params.orderShare / total;
  for (let at = items.length - 1; at >= items.length - looked && weight > LEAST_WEIGHT; at--) {
    const first = items[at]! * stride;
    const end = first + sizes[items[at]!]!;
    for (let slot = first; slot < end; slot++) scores[ids[slot]!]! += weight * shares[slot]!;
    weight *= params.positionDecay;
  }
}
