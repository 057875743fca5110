import type { Api } from './api.ts';
import { waitUntilDrained } from './load-data.ts';
import { type TableUse, tableUseOf } from './table-use.ts';

/** One kind of request with what it uses of the table. */
export type Scenario = { readonly name: string; readonly use: TableUse };

type Input = { readonly users: readonly string[]; readonly items: readonly string[] };

const eachUser = async (
  users: readonly string[],
  work: (user: string, index: number) => Promise<unknown>,
) => {
  for (const [index, user] of users.entries()) await work(user, index);
};

const view = (contentId: string | undefined) => ({
  type: 'view',
  contentId,
  contentType: 'product',
  durationMs: 20_000,
});

/** Units and round trips per request (for bulk: per interaction), one kind after the other. */
export const scenarios = async (api: Api, { users, items }: Input): Promise<Scenario[]> => {
  const item = (index: number) => items[index % items.length];
  const get = (path: (user: string) => string) => () => eachUser(users, (user) => api.ask('GET', path(user)));
  const newcomers = users.map((_, index) => `newcomer-${index}`);
  const track = (names: readonly string[], shift: number) => () =>
    eachUser(names, (userId, index) =>
      api.ask('POST', '/interactions', { userId, ...view(item(index + shift)) }),
    );
  const bulk = async () => {
    const interactions = users.flatMap((_, user) =>
      Array.from({ length: 10 }, (_, n) => ({ userId: `bulk-${user}`, ...view(item(user * 10 + n)) })),
    );
    await api.ask('POST', '/personalization/track-interactions', { interactions });
    await waitUntilDrained(api);
  };
  const n = users.length;
  const kinds: [string, number, () => Promise<unknown>][] = [
    [
      'recommendations, 10, precomputed, first',
      n,
      get((user) => `/recommendations/${user}?limit=10&context=a`),
    ],
    [
      'recommendations, 10, precomputed, again',
      n,
      get((user) => `/recommendations/${user}?limit=10&context=a`),
    ],
    ['recommendations, 40, computed, first', n, get((user) => `/recommendations/${user}?limit=40&context=a`)],
    ['recommendations, 40, computed, again', n, get((user) => `/recommendations/${user}?limit=40&context=a`)],
    [
      'similar items, 10',
      n,
      () => eachUser(users, (_, i) => api.ask('GET', `/personalization/similar/${item(i)}?limit=10`)),
    ],
    ['profile', n, get((user) => `/profile/${user}`)],
    ['interactions, page of 20', n, get((user) => `/personalization/interactions/${user}`)],
    ['one interaction, new user', n, track(newcomers, 0)],
    ['one interaction, second', n, track(newcomers, 1)],
    ['one interaction, imported user', n, track(users, 2)],
    ['bulk, 10 per user, per interaction', n * 10, bulk],
  ];
  const measured: Scenario[] = [];
  for (const [name, count, work] of kinds) measured.push({ name, use: await tableUseOf(api, count, work) });
  return measured;
};
