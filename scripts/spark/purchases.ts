import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyState } from '../../core/journal/empty-state.ts';
import type { StoredUser } from '../../core/journal/ports.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { emptyBehaviour } from '../../core/profile/behaviour.ts';
import { foldInteractions } from '../../core/profile/fold/fold-interactions.ts';
import { root } from '../bundle-functions.ts';

/** Who bought what, oldest first. */
export type Purchases = { readonly name: string; readonly byUser: ReadonlyMap<string, readonly string[]> };

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 1);

const beautyFile = join(process.env.ATTUNE_DATA ?? join(root, '..', 'shared', 'data'), 'beauty.tsv');

const readBeauty = async (): Promise<Purchases> => {
  const byUser = new Map<string, { item: string; order: number }[]>();
  for (const line of (await readFile(beautyFile, 'utf8')).trim().split('\n').slice(1)) {
    const [user = '', item = '', , order = '0'] = line.split('\t');
    const bought = byUser.get(user) ?? [];
    bought.push({ item, order: Number(order) });
    byUser.set(user, bought);
  }
  const inOrder = [...byUser].map(([user, bought]): [string, string[]] => [
    user,
    bought.sort((a, b) => a.order - b.order).map(({ item }) => item),
  ]);
  return { name: 'Beauty', byUser: new Map(inOrder) };
};

/** Users of groups that buy mostly within their group, some items more than others. */
const generate = (): Purchases => {
  const random = seededRandom(20_261_121);
  const [users, items, groups] = [6_000, 3_000, 60];
  const skewed = (most: number): number => Math.floor(most * random() ** 2);
  const byUser = new Map<string, string[]>();
  for (let user = 0; user < users; user++) {
    const group = user % groups;
    const bought = new Set<string>();
    while (bought.size < 9) {
      const item = random() < 0.8 ? group + groups * skewed(items / groups) : skewed(items);
      bought.add(`i${item}`);
    }
    byUser.set(`u${user}`, [...bought]);
  }
  return { name: 'generated purchases (Beauty is not there)', byUser };
};

/** Beauty where it is there (`ATTUNE_DATA`), something like it otherwise. */
export const purchases = (): Promise<Purchases> =>
  existsSync(beautyFile) ? readBeauty() : Promise.resolve(generate());

/** A user as the night's scan of the table finds them: one page of purchases an hour apart. */
export const storedUser = (userId: string, bought: readonly string[], index: number): StoredUser => {
  const begin = START + (index % 1_000) * HOUR_MS;
  const interactions = bought.map((contentId, at) => ({
    interactionId: `${userId}-${at}`,
    userId,
    type: 'purchase',
    contentId,
    occurredAt: begin + at * HOUR_MS,
    receivedAt: begin + at * HOUR_MS,
    firstOfSession: false,
  }));
  const newestAt = begin + bought.length * HOUR_MS;
  return {
    userId,
    profile: undefined,
    state: { ...emptyState, seq: 1, behaviour: foldInteractions(emptyBehaviour(), interactions), newestAt },
    pages: [{ seq: 1, recordedAt: newestAt, newestBefore: 0, interactions }],
  };
};
