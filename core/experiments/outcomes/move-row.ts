import { Conflict } from '../../errors.ts';
import type { CompiledExperiment } from '../assignment/compile-experiments.ts';
import { mergeRows, rowOfUser } from './merge-rows.ts';
import type { OutcomeStore } from './ports.ts';
import type { OutcomeRow } from './types.ts';

export type MovePorts = {
  readonly outcomes: Pick<OutcomeStore, 'expose' | 'get' | 'convert'>;
  /** Waits before attempt 2, 3, ..., with jitter. */
  readonly pause?: (attempt: number) => Promise<void>;
};

/** Who an anonymous id turned out to be. */
export type Identified = {
  readonly anonymousId: string;
  readonly userId: string;
  /** ms since the epoch */
  readonly now: number;
};

const ATTEMPTS = 12;

/** Tries until a write meets what it was computed from. */
const settled = async <T>({ pause }: MovePorts, work: () => Promise<{ done: T } | undefined>): Promise<T> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const result = await work();
    if (result) return result.done;
    await pause?.(attempt);
  }
  throw new Conflict('The outcomes of this user kept changing: try again');
};

/** The anonymous row once nothing more is counted in it; undefined where there is none. */
const closedRow = (ports: MovePorts, line: string, { anonymousId, userId }: Identified) =>
  settled(ports, async () => {
    const row = await ports.outcomes.get(line, anonymousId);
    if (!row || row.movedTo !== undefined) return { done: row };
    const closed = { ...row, movedTo: userId, rev: row.rev + 1 };
    return (await ports.outcomes.convert(closed, row.rev)) ? { done: closed } : undefined;
  });

/** The id was somebody else's before: the arm is kept, what was done under it stays with them. */
const seenNow = (row: OutcomeRow, { userId, now }: Identified): OutcomeRow => ({
  ...rowOfUser(row, userId),
  exposedAt: now,
  covariates: {},
  metrics: {},
  keys: [],
  otherArms: [],
});

/**
 * Moves what an anonymous id saw and did in one experiment to the user that it turned out to be; answers the user's row then.
 * First the anonymous row is closed, then the user's is written: cut off in between, a repeat finishes it, and the person is
 * never counted twice. `hasArm`: the user has an arm already; without a row for it, none is made of another arm.
 *
 * @throws Conflict where conversions of the user kept winning; the call may be repeated
 */
export const moveRow = async (
  ports: MovePorts,
  { line, experiment }: CompiledExperiment,
  identified: Identified,
  hasArm: boolean,
): Promise<OutcomeRow | undefined> => {
  const { outcomes } = ports;
  const { userId } = identified;
  const closed = await closedRow(ports, line, identified);
  if (!closed) return outcomes.get(line, userId);
  const isTheirs = closed.movedTo === userId;
  return settled(ports, async () => {
    const own = await outcomes.get(line, userId);
    if (!own && hasArm) return { done: undefined };
    if (!own) {
      const given = isTheirs ? rowOfUser(closed, userId) : seenNow(closed, identified);
      const stored = await outcomes.expose(given);
      return stored.mergedFrom.includes(closed.userId) ? { done: stored } : undefined;
    }
    const merged = isTheirs ? mergeRows(own, closed, experiment.body.metrics) : own;
    if (merged === own) return { done: own };
    return (await outcomes.convert(merged, own.rev)) ? { done: merged } : undefined;
  });
};
