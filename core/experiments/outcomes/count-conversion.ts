import { conversionKey } from './conversion-key.ts';
import type { CountedMetric } from './counted-experiments.ts';
import type { OutcomeRow, OutcomeTally } from './types.ts';

/** Something that a user did, and the metric that it may count for. */
export type Conversion = {
  readonly metric: CountedMetric;
  /** Counts once for each metric. */
  readonly id: string;
  /** 0 or more; how many of a count, ms of a duration. */
  readonly value: number;
  /** ms since the epoch */
  readonly occurredAt: number;
};

/** Whether a conversion counts, and why (not). */
export type Judgement = { readonly counted: boolean; readonly reason: string };

/** A row after a conversion. */
export type Counting = Judgement & { readonly row: OutcomeRow };

/** Hashes that a row keeps; those of its newest write stay all, however many there are. */
export const KEYS_KEPT = 64;

const DAY_MS = 86_400_000;
const NONE: OutcomeTally = [0, 0];

/** What is counted of a metric; names are anybody's words, `constructor` among them. */
export const tallyOf = ({ metrics }: Pick<OutcomeRow, 'metrics'>, name: string): OutcomeTally =>
  Object.hasOwn(metrics, name) ? (metrics[name] ?? NONE) : NONE;

/** Why it does not count; undefined where it does. */
const refusal = (row: OutcomeRow, { metric, id, occurredAt }: Conversion): string | undefined => {
  const { name, type, windowMs } = metric;
  if (row.movedTo !== undefined) return 'The id belongs to a user by now: what the user does counts';
  if (occurredAt < row.exposedAt) return 'It happened before the user saw the arm';
  if (occurredAt > row.exposedAt + windowMs) {
    return `It happened more than ${Number((windowMs / DAY_MS).toFixed(2))} days after the user saw the arm`;
  }
  if (type === 'binomial' && tallyOf(row, name)[0] > 0) {
    return 'The user converted before: a binomial metric counts each user once';
  }
  return row.keys.includes(conversionKey(name, id)) ? 'This conversion was counted before' : undefined;
};

const added = (row: OutcomeRow, { metric: { name, type }, id, value }: Conversion): OutcomeRow => {
  if (type === 'binomial') return { ...row, metrics: { ...row.metrics, [name]: [1, 1] } };
  const [conversions, sum] = tallyOf(row, name);
  return {
    ...row,
    metrics: { ...row.metrics, [name]: [conversions + 1, sum + value] },
    keys: [...row.keys, conversionKey(name, id)],
  };
};

/**
 * The row with a conversion in it, if that counts: at or after the exposure, within the metric's window, once by its id, and once
 * per user for binomial metrics. Keys are cut by `successorOf`.
 */
export const countConversion = (row: OutcomeRow, conversion: Conversion): Counting => {
  const reason = refusal(row, conversion);
  if (reason !== undefined) return { row, counted: false, reason };
  return { row: added(row, conversion), counted: true, reason: `Counted for the arm "${row.variant}"` };
};

/** The successor of a row as it is stored: the newest 64 keys, or all of this write where those are more. */
export const successorOf = (before: OutcomeRow, after: OutcomeRow): OutcomeRow => {
  const kept = Math.max(KEYS_KEPT, after.keys.length - before.keys.length);
  return { ...after, keys: after.keys.slice(-kept), rev: before.rev + 1 };
};
