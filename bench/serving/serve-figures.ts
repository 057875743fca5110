import type { LoadFigures } from '../http.ts';

/** What the serving process is asked to do. */
export type Asked = {
  /** Part of every question's context, so that no earlier run has been asked it. */
  readonly label: string;
  /** Ids of users, by how much they did. */
  readonly groups: readonly (readonly string[])[];
  /** Users of each group whose units are counted. */
  readonly unitUsers: number;
  /** Users who are asked for at each number of callers. */
  readonly speedUsers: number;
  readonly callers: readonly number[];
};

/** `first`: the answer differs from the last one in its context, and its trace is written. */
export type Kind = 'first' | 'again';

export type Memory = { readonly heapUsed: number; readonly rss: number };

/** The first answer of a fresh process; units and requests are those for what all answers share. */
export type Cold = Memory & {
  readonly loadMs: number;
  readonly firstAnswerMs: number;
  readonly sinceStartMs: number;
  readonly requests: number;
  readonly readUnits: number;
};

/** Means of single answers, without what all answers share. */
export type Answers = {
  readonly requests: number;
  /** Requests under way together count as one. */
  readonly rounds: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly bytes: number;
  readonly sources: Readonly<Record<string, number>>;
};

export type Speed = LoadFigures & {
  readonly kind: Kind;
  readonly callers: number;
  /** Processor time of one answer, which others at work on the machine change little. */
  readonly processorMs: number;
  /** Its 99th percentile; undefined where answers overlap and cannot be told apart. */
  readonly processorP99?: number;
};

export type ServeFigures = {
  readonly cold: Cold;
  /** In the order of the groups asked for. */
  readonly answers: { first: Answers; again: Answers }[];
  readonly speed: readonly Speed[];
  /** All that were answered. */
  readonly requests: number;
  readonly warm: Memory;
};
