import { type HttpAnswer, type LoadFigures, load } from '../http.ts';
import type { Api } from './api.ts';
import type { Judged } from './quality.ts';

/** Lists of many users, as served, with how fast they came and where they came from. */
export type Served = {
  readonly judged: readonly Judged[];
  readonly figures: LoadFigures;
  /** Answers by the header `Attune-Source`. */
  readonly sources: Readonly<Record<string, number>>;
};

type Ask = {
  readonly users: readonly string[];
  readonly heldOut: ReadonlyMap<string, string>;
  readonly query: string;
  readonly connections: number;
};

const listOf = ({ text }: HttpAnswer): string[] =>
  (JSON.parse(text) as { contentId: string }[]).map(({ contentId }) => contentId);

const countBy = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** Asks `GET /recommendations/{userId}?<query>` for every user. */
export const servedLists = async (api: Api, { users, heldOut, query, connections }: Ask): Promise<Served> => {
  const { results, figures } = await load(users, connections, (user) =>
    api.ask('GET', `/recommendations/${user}?${query}`),
  );
  return {
    figures,
    judged: users.map((user, index) => ({
      truth: heldOut.get(user) ?? '',
      list: results[index] ? listOf(results[index]) : [],
    })),
    sources: countBy(results.map(({ headers }) => String(headers['attune-source'] ?? 'unknown'))),
  };
};
