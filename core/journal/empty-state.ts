import type { JournalState } from './ports.ts';

/** The state of a user of whom nothing is stored. */
export const emptyState: JournalState = {
  seq: 0,
  revision: 0,
  behaviour: undefined,
  counted: 0,
  newestAt: 0,
  sealedFacts: [],
  openFacts: [],
  markedHour: '',
  resetAt: 0,
  resetSeq: 0,
};
