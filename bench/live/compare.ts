import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { LoadFigures } from '../http.ts';
import type { Api } from './api.ts';
import { servedLists } from './lists.ts';
import { type Split, sample } from './purchases.ts';
import { type Judged, quality } from './quality.ts';
import type { ServerProcess } from './server-process.ts';
import { fixed, tableText } from './table-text.ts';

const USERS = 2_000;
const CONNECTIONS = 16;
const SEED = 20_261_121;

const say = (text: string): void => console.log(text);

type Data = { readonly split: Split; readonly items: readonly string[] };

const randomLists = (
  users: readonly string[],
  items: readonly string[],
  { heldOut, bought }: Split,
): Judged[] => {
  const random = seededRandom(SEED);
  return users.map((user) => {
    const list = new Set<string>();
    while (list.size < 10) {
      const item = items[Math.floor(random() * items.length)] ?? '';
      if (!bought.get(user)?.has(item)) list.add(item);
    }
    return { truth: heldOut.get(user) ?? '', list: [...list] };
  });
};

const speedRow = (name: string, { perSecond, p50, p95, p99 }: LoadFigures, processorMs: number): string[] => [
  name,
  fixed(perSecond, 0),
  fixed(processorMs, 2),
  ...[p50, p95, p99].map((milliseconds) => fixed(milliseconds, 1)),
];

/** Lists of every strategy: their quality, and how fast they come. */
export const compare = async (api: Api, server: ServerProcess, { split, items }: Data): Promise<void> => {
  const users = sample([...split.heldOut.keys()], USERS, SEED);
  const ask = async (query: string) => {
    const before = server.processorSeconds() ?? Number.NaN;
    const lists = await servedLists(api, { users, heldOut: split.heldOut, connections: CONNECTIONS, query });
    const used = (server.processorSeconds() ?? Number.NaN) - before;
    return { ...lists, processorMs: (used * 1000) / users.length };
  };
  const served = {
    precomputed: await ask('limit=10'),
    again: await ask('limit=10'),
    computed: await ask('limit=40'),
    computedAgain: await ask('limit=40'),
    popular: await ask('limit=10&type=popular'),
  };
  const row = (name: string, judged: readonly Judged[]): string[] => {
    const { hr, ndcg, coverage } = quality(judged, items.length);
    return [name, fixed(hr, 4), fixed(ndcg, 4), fixed(coverage, 3)];
  };
  say(`\n${users.length} users, whole catalogue of ${items.length} ranked, held-out last purchase`);
  say(
    tableText([
      ['lists', 'HR@10', 'NDCG@10', 'coverage'],
      row('hybrid, precomputed', served.precomputed.judged),
      row('hybrid, computed', served.computed.judged),
      row('popular', served.popular.judged),
      row('random', randomLists(users, items, split)),
      ['Gorse 0.5.11, best lists', '0.0615', '0.0337', '-'],
      ['Gorse 0.5.11, cached', '0.0040', '-', '-'],
      ['Gorse 0.5.11, popular', '0.0135', '-', '-'],
    ]),
  );
  const hybrid = quality(served.precomputed.judged, items.length).hr;
  const popular = quality(served.popular.judged, items.length).hr;
  say(
    `hybrid / popular in HR@10: ${(hybrid / popular).toFixed(1)}; hybrid / Gorse: ${(hybrid / 0.0615).toFixed(2)}`,
  );
  say(`\nanswers over ${CONNECTIONS} connections, client on the same machine; sources:`);
  for (const [name, { sources }] of Object.entries(served)) say(`  ${name}: ${JSON.stringify(sources)}`);
  say(
    tableText([
      ['GET /recommendations/{userId}', 'per second', 'server CPU ms', 'p50 ms', 'p95 ms', 'p99 ms'],
      speedRow(
        '10 precomputed, first (trace written)',
        served.precomputed.figures,
        served.precomputed.processorMs,
      ),
      speedRow('10 precomputed, again', served.again.figures, served.again.processorMs),
      speedRow('40 computed, first (trace written)', served.computed.figures, served.computed.processorMs),
      speedRow('40 computed, again', served.computedAgain.figures, served.computedAgain.processorMs),
      speedRow('10 popular', served.popular.figures, served.popular.processorMs),
      ['Gorse, best lists (computed)', '134', '-', '-', '-', '299'],
      ['Gorse, cached', '997', '-', '-', '-', '-'],
    ]),
  );
};
