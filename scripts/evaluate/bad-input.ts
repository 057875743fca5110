/** The command line or a file cannot be used; the message names the option or the file and says why. */
export class BadInput extends Error {}

const FIRST_ONES = 5;

/** Rows of a file that were left out, by reason, and where the first ones stand. */
export type Skipped = {
  rows: number;
  reasons: Record<string, number>;
  first: { line: number; reason: string }[];
};

/** Nothing skipped yet. */
export const makeSkipped = (): Skipped => ({ rows: 0, reasons: {}, first: [] });

/** Counts one row that is left out. */
export const skip = (skipped: Skipped, line: number, reason: string): void => {
  skipped.rows += 1;
  skipped.reasons[reason] = (skipped.reasons[reason] ?? 0) + 1;
  if (skipped.first.length < FIRST_ONES) skipped.first.push({ line, reason });
};
