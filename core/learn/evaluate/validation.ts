import { seededRandom } from '../../numbers/seeded-random.ts';
import { type Dataset, withoutMarked } from '../data/dataset.ts';
import { keepSequences, type Sequences } from '../data/sequences.ts';
import type { Judge } from '../models/model.ts';
import type { Cases } from './cases.ts';
import { evaluateScorer } from './evaluate-scorer.ts';
import type { Experiment } from './experiment.ts';
import type { MetricKey } from './metrics.ts';
import { latestSessions, sessionCases } from './session-cases.ts';
import { holdOutShare, leaveLatestOut, splitByTime, usersWith } from './splits.ts';

/**
 * How a validation split is cut from the training data, so that it asks what the test will ask: each user's latest item, a
 * share of each user's items (the latest or any), everything after a point in time, or the latest sessions; among sampled
 * candidates where the test has some.
 */
export type ValidationPlan = {
  kind: 'latest' | 'share' | 'time' | 'sessions';
  /** What is held back: of each user's items, of all interactions, or of all sessions. */
  share: number;
  /** For `share`: the latest items rather than random ones. */
  byTime: boolean;
  /** Sampled items per user that the held-back ones are ranked among; absent: the full catalogue. */
  candidates?: number;
  seed: number;
};

/** Users need this many items to be asked about one of them. */
const LEAST_ITEMS = 3;
/** Scores that one judgement may ask for; more users than fit are sampled, down to `LEAST_USERS`. */
const MOST_SCORES = 2e8;
const LEAST_USERS = 5000;
const MOST_SESSIONS = 4000;

/** Cuts the validation split. Without anybody to ask its cases are empty. */
export function cutValidation({ train, sequences }: Experiment, plan: ValidationPlan): Experiment {
  if (plan.kind === 'sessions') {
    if (sequences === undefined)
      throw new Error('A split by sessions needs the sequences of the training data');
    return splitSessions(train, sequences, { share: plan.share, most: MOST_SESSIONS });
  }
  const random = seededRandom(plan.seed);
  const split = cutUsers(train, plan, random);
  if (plan.candidates === undefined) return split;
  const candidates = sampleCandidates(train, split, { each: plan.candidates, random });
  return { ...split, cases: { ...split.cases, candidates } };
}

function cutUsers(train: Dataset, plan: ValidationPlan, random: () => number): Experiment {
  const most = Math.max(LEAST_USERS, Math.floor(MOST_SCORES / Math.max(1, train.items.length)));
  if (plan.kind === 'time') {
    const split = splitByTime(train, 1 - plan.share);
    return { ...split, cases: sampleCases(split.cases, most) };
  }
  const users = usersWith(train, LEAST_ITEMS, most);
  if (plan.kind === 'latest') return leaveLatestOut(train, users);
  return holdOutShare(train, { users, share: plan.share, latest: plan.byTime, random });
}

/** At most `most` cases, spread evenly. */
export function sampleCases(cases: Cases, most: number): Cases {
  const total = cases.histories.length;
  if (total <= most) return cases;
  const pick = <T>(of: readonly T[]): T[] =>
    Array.from({ length: most }, (_, at) => of[Math.floor((at * total) / most)]!);
  return {
    histories: pick(cases.histories),
    targets: pick(cases.targets),
    excluded: cases.excluded && pick(cases.excluded),
    candidates: cases.candidates && pick(cases.candidates),
  };
}

/** Holds back the latest sessions: `share` of all, at most `most`. */
export function splitSessions(
  train: Dataset,
  sequences: Sequences,
  { share, most }: { share: number; most: number },
): Experiment {
  const held = new Uint8Array(sequences.names.length);
  for (const session of latestSessions(sequences, share, most)) held[session] = 1;
  const dropped = new Uint8Array(train.size);
  for (let session = 0; session < held.length; session++) {
    if (held[session] === 1) dropped.fill(1, train.userStart[session]!, train.userStart[session + 1]!);
  }
  const rest = withoutMarked(train, dropped);
  const numbers = Int32Array.from(train.items, (_, item) =>
    rest.itemStart[item + 1]! > rest.itemStart[item]! ? item : -1,
  );
  return {
    train: rest,
    sequences: keepSequences(sequences, (session) => held[session] === 0),
    cases: sessionCases(
      keepSequences(sequences, (session) => held[session] === 1),
      numbers,
    ),
  };
}

/** Distinct items that the user does not have, uniformly; fewer where there are not as many. */
function sampleCandidates(
  whole: Dataset,
  { cases }: Experiment,
  { each, random }: { each: number; random: () => number },
): Int32Array[] {
  const items = whole.items.length;
  const takenBy = new Int32Array(items).fill(-1);
  return cases.histories.map(({ items: own }, number) => {
    const targets = cases.targets[number]!;
    for (const item of own) takenBy[item] = number;
    for (const item of targets) takenBy[item] = number;
    const size = Math.min(each, items - own.length - targets.length);
    return Int32Array.from({ length: size }, () => {
      let item = Math.floor(random() * items);
      while (takenBy[item] === number) item = Math.floor(random() * items);
      takenBy[item] = number;
      return item;
    });
  });
}

export type JudgeOptions = { items: number; cutOff: number; metric: JudgeMetric; buffer: Float32Array };

/** What is judged by: NDCG, or for sessions the geometric mean of hit rate and mean reciprocal rank, which weighs both. */
export type JudgeMetric = 'ndcg' | 'hr-mrr';

/** A judge over validation cases. */
export function makeJudge(cases: Cases, options: JudgeOptions): Judge {
  const { items, cutOff, metric, buffer } = options;
  return (scorer) => {
    const metrics = evaluateScorer(scorer, cases, { items, cutOffs: [cutOff], buffer });
    const at = (name: 'ndcg' | 'hr' | 'mrr') => metrics[`${name}@${cutOff}` satisfies MetricKey]!;
    return metric === 'ndcg' ? at('ndcg') : Math.sqrt(at('hr') * at('mrr'));
  };
}
