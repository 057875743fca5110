import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { trackOne } from '../../core/tracking/track-one.ts';
import { meanUse, type TableUse } from '../units/table-use.ts';
import type { MeteredTable } from './metered-table.ts';
import { type Detail, ids, uuid, visits } from './visits.ts';

/** Write units that one interaction may use: design.md section 9. */
export const SINGLE_FIGURE = 3;

const RETENTION_MS = 400 * 86_400_000;

/** Use of the table by interactions number `from` to `to` of a user, counted from 1. */
export type Stage = { readonly name: string; readonly from: number; readonly to: number };

export const STAGES: readonly Stage[] = [
  { name: 'new user', from: 1, to: 1 },
  { name: '2nd to 20th', from: 2, to: 20 },
  { name: '21st to 100th', from: 21, to: 100 },
  { name: '101st to 500th', from: 101, to: 500 },
  { name: 'all 500', from: 1, to: 500 },
];

export type StageUse = Stage & {
  readonly mean: TableUse;
  readonly mostWriteUnits: number;
  /** Share of the interactions that used more than the figure. */
  readonly shareAbove: number;
};

/** One user's interactions one by one, as a single tracking call does it; the use of each. */
const usesOf = async (
  table: MeteredTable,
  detail: Detail,
  count: number,
  seed: number,
): Promise<TableUse[]> => {
  const random = seededRandom(seed);
  const newId = ids(seed + 1);
  const userId = uuid(random);
  const uses: TableUse[] = [];
  for (const { sent, at } of visits(detail, count, random)) {
    table.takeUse();
    await trackOne(table.ports, sent, { userId, now: at, retentionMs: RETENTION_MS, newId });
    uses.push(table.takeUse());
  }
  return uses;
};

/** Tracks `users` users' interactions one by one and says what each stage of their lives uses. */
export const singleTracking = async (
  table: MeteredTable,
  { detail, users, seed }: { detail: Detail; users: number; seed: number },
): Promise<StageUse[]> => {
  const longest = Math.max(...STAGES.map(({ to }) => to));
  const uses: TableUse[][] = [];
  for (let user = 0; user < users; user++) uses.push(await usesOf(table, detail, longest, seed + 10 * user));
  return STAGES.map((stage) => {
    const within = uses.flatMap((own) => own.slice(stage.from - 1, stage.to));
    return {
      ...stage,
      mean: meanUse(within),
      mostWriteUnits: Math.max(...within.map(({ writeUnits }) => writeUnits)),
      shareAbove: within.filter(({ writeUnits }) => writeUnits > SINGLE_FIGURE).length / within.length,
    };
  });
};
