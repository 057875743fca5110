import { Conflict } from '../../errors.ts';
import { type Conversion, countConversion, type Judgement, successorOf } from './count-conversion.ts';
import type { OutcomeStore } from './ports.ts';
import type { OutcomeRow } from './types.ts';

export type ConvertPorts = {
  readonly outcomes: Pick<OutcomeStore, 'get' | 'convert'>;
  /** Waits before attempt 2, 3, ..., with jitter. */
  readonly pause?: (attempt: number) => Promise<void>;
};

/** What became of conversions: the row as it is then, and a judgement of each, in their order. */
export type Converted = {
  /** Undefined where the user saw no arm. */
  readonly row: OutcomeRow | undefined;
  readonly judgements: readonly Judgement[];
};

/** Each failed one means that another conversion of the same user got through. */
const ATTEMPTS = 12;

const UNSEEN: Judgement = { counted: false, reason: 'The user has not seen an arm of this experiment' };

const judged = (before: OutcomeRow, conversions: readonly Conversion[]) => {
  let row = before;
  const judgements = conversions.map((conversion) => {
    const { row: after, counted, reason } = countConversion(row, conversion);
    row = after;
    return { counted, reason };
  });
  return { row, judgements };
};

/**
 * Counts conversions of one user in one experiment exactly once: one read, and one write where anything counts, on condition that
 * nobody else wrote in between. Cut off and called again, what was counted is known by its key.
 *
 * @throws Conflict where others kept winning; the call may be repeated
 */
export const convert = async (
  { outcomes, pause }: ConvertPorts,
  { line, userId }: { readonly line: string; readonly userId: string },
  conversions: readonly Conversion[],
): Promise<Converted> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const before = await outcomes.get(line, userId);
    if (!before) return { row: undefined, judgements: conversions.map(() => UNSEEN) };
    const { row, judgements } = judged(before, conversions);
    if (row === before) return { row, judgements };
    if (await outcomes.convert(successorOf(before, row), before.rev)) return { row, judgements };
    await pause?.(attempt);
  }
  throw new Conflict('Too many conversions of this user at the same time');
};
