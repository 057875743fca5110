import { readFile } from 'node:fs/promises';
import { seededRandom } from '../../core/numbers/seeded-random.ts';

/** Purchases split for a leave-last-out test. */
export type Split = {
  /** The file to import: every user's purchases but the last one. */
  readonly trainTsv: string;
  readonly trainRows: number;
  /** What each user bought last. */
  readonly heldOut: ReadonlyMap<string, string>;
  /** What each user bought before. */
  readonly bought: ReadonlyMap<string, ReadonlySet<string>>;
};

type Purchase = {
  readonly user: string;
  readonly item: string;
  readonly order: number;
  readonly line: string;
};

const parse = (line: string): Purchase => {
  const [user = '', item = '', , order = '0'] = line.split('\t');
  return { user, item, order: Number(order), line };
};

/** Reads `user item value order` rows and holds back each user's last purchase. */
export const splitPurchases = async (file: string): Promise<Split> => {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const byUser = Map.groupBy(lines.map(parse), ({ user }) => user);
  const heldOut = new Map<string, string>();
  const bought = new Map<string, Set<string>>();
  const train: string[] = [header];
  for (const [user, purchases] of byUser) {
    const inOrder = purchases.toSorted((a, b) => a.order - b.order);
    const last = inOrder.pop();
    if (last && inOrder.length > 0) heldOut.set(user, last.item);
    bought.set(user, new Set(inOrder.map(({ item }) => item)));
    train.push(...inOrder.map(({ line }) => line));
  }
  return { trainTsv: `${train.join('\n')}\n`, trainRows: train.length - 1, heldOut, bought };
};

/** So many of the values, drawn without repetition; the same ones for the same seed. */
export const sample = <T>(values: readonly T[], count: number, seed: number): T[] => {
  const random = seededRandom(seed);
  const pool = [...values];
  const drawn = Math.min(count, pool.length);
  for (let index = 0; index < drawn; index++) {
    const other = index + Math.floor(random() * (pool.length - index));
    [pool[index], pool[other]] = [pool[other] as T, pool[index] as T];
  }
  return pool.slice(0, drawn);
};
