import type { Verdict } from '../results/types.ts';
import type { ExperimentStatus } from '../types.ts';

/** What was told of an experiment so far. */
export type Announced = {
  /** The last version whose status was told; 0 before the first. */
  readonly version: number;
  readonly status: ExperimentStatus | 'deleted' | null;
  /** Of the experiment, also when it is gone. */
  readonly key: string;
  /** The last verdict, and the round that it is about. */
  readonly verdict?: { readonly line: string; readonly verdict: Verdict };
  /** Of this note; 0 where there is none. */
  readonly rev: number;
};

export const nothingAnnounced: Announced = { version: 0, status: null, key: '', rev: 0 };
