/**
 * What every page load asks: `POST /personalization/config` with 200 rules on the local server, over HTTP.
 * First the use of the table per request, then 5,000 requests a minute beside bulk tracking. `npm run bench:config`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../core/numbers/seeded-random.ts';
import { openLoop, type Served } from './config/open-loop.ts';
import { FEATURES, generatedQuestion, generatedRules } from './config/rules.ts';
import { percentile } from './http.ts';
import { type Api, connect } from './live/api.ts';
import { waitUntilDrained } from './live/load-data.ts';
import { endOfLog, startServerProcess } from './live/server-process.ts';
import { fixed, tableText } from './live/table-text.ts';
import { tableUseOf } from './live/table-use.ts';

const SEED = 20_261_121;
const RULES = 200;
const USERS = 600;
const PER_USER = [20, 100, 500] as const;
const PER_MINUTE = 5_000;
const SECONDS = 60;
/** Bulk requests beside it, one a second: so many users with ten interactions each. */
const BULK_USERS = 20;
const BULK_EACH = 10;

const say = (text: string): void => console.log(text);
const random = seededRandom(SEED);

const userName = (n: number): string => `user-${n}`;
const users = Array.from({ length: USERS }, (_, n) => userName(n));

const interaction = (userId: string, at: number) => ({
  userId,
  type: random() < 0.7 ? 'click' : 'view',
  feature: FEATURES[Math.floor(random() ** 2 * FEATURES.length)],
  contentId: `content-${Math.floor(random() * 500)}`,
  contentType: random() < 0.5 ? 'video' : 'article',
  device: random() < 0.4 ? 'mobile' : 'desktop',
  sessionId: `${userId}-${Math.floor(at / 3_600_000)}`,
  durationMs: Math.floor(random() * 60_000),
  occurredAt: new Date(at).toISOString(),
});

const track = (api: Api, interactions: unknown[]) =>
  api.ask('POST', '/personalization/track-interactions', { interactions });

const historyOf = (n: number): number => PER_USER[n % PER_USER.length] as number;

/** Every third user has 20, 100 and 500 interactions, over four weeks. */
const fill = async (api: Api): Promise<void> => {
  const now = Date.now();
  for (let first = 0; first < USERS; first += 6) {
    const rows = users
      .slice(first, first + 6)
      .flatMap((userId, k) =>
        Array.from({ length: historyOf(first + k) }, () =>
          interaction(userId, now - 3_600_000 - Math.floor(random() * 28 * 86_400_000)),
        ),
      );
    await track(api, rows);
  }
  await waitUntilDrained(api);
};

const askConfig = (api: Api, body: unknown) => api.ask('POST', '/personalization/config', body);

const sayTableUse = async (api: Api): Promise<void> => {
  const rows: string[][] = [['config with 200 rules', 'requests to the table', 'read units', 'write units']];
  await askConfig(api, { userId: 'warm-up', context: 'dashboard' });
  for (const [kind, interactions] of PER_USER.entries()) {
    const some = users.filter((_, n) => n % PER_USER.length === kind).slice(0, 50);
    const all = (context: string) => async () => {
      for (const userId of some) await askConfig(api, { userId, context, device: 'desktop' });
    };
    const first = await tableUseOf(api, some.length, all('dashboard'));
    const again = await tableUseOf(api, some.length, all('dashboard'));
    for (const [when, use] of [
      ['first', first],
      ['again', again],
    ] as const)
      rows.push([
        `user of ${interactions} interactions, ${when}`,
        fixed(use.roundTrips, 2),
        fixed(use.readUnits, 2),
        fixed(use.writeUnits, 2),
      ]);
  }
  say(tableText(rows));
};

const sayLoad = (name: string, served: readonly Served[]): void => {
  const times = served.map(({ milliseconds }) => milliseconds);
  const failed = served.filter(({ status }) => status !== 200).length;
  const figures = [0.5, 0.95, 0.99, 1].map((share) => `${fixed(percentile(times, share), 1)} ms`);
  say(`${name}: ${served.length} requests, ${failed} failed; p50, p95, p99, most: ${figures.join(', ')}`);
};

const underLoad = async (api: Api, bulk: boolean): Promise<void> => {
  const end = performance.now() + SECONDS * 1000;
  let sent = 0;
  const background = async () => {
    while (bulk && performance.now() < end) {
      const now = Date.now();
      const some = Array.from({ length: BULK_USERS }, () => userName(Math.floor(random() * USERS)));
      const rows = some.flatMap((userId) =>
        Array.from({ length: BULK_EACH }, () => interaction(userId, now - Math.floor(random() * 60_000))),
      );
      await track(api, rows);
      sent += rows.length;
      await delay(1_000);
    }
  };
  const [served] = await Promise.all([
    openLoop({ perSecond: PER_MINUTE / 60, seconds: SECONDS }, async () => {
      const { client, token, url } = api;
      const body = generatedQuestion(random, users);
      const { status } = await client.send({
        method: 'POST',
        url: `${url}/personalization/config`,
        token,
        body,
      });
      return status;
    }),
    background(),
  ]);
  const beside = bulk ? `beside bulk tracking (${sent} interactions)` : 'alone';
  sayLoad(`${PER_MINUTE} a minute, ${beside}`, served);
  say(`  load of the machine: ${fixed(loadavg()[0] ?? Number.NaN, 1)}`);
  await waitUntilDrained(api);
};

const bench = async (dataDir: string): Promise<void> => {
  const server = await startServerProcess(dataDir);
  try {
    const api = await connect(server, 64);
    for (const rule of generatedRules(RULES, SEED)) await api.ask('POST', '/personalization/rules', rule);
    await fill(api);
    say(`${RULES} rules of three clauses, ${USERS} users of ${PER_USER.join(', ')} interactions\n`);
    await delay(6_000);
    await sayTableUse(api);
    say('');
    await underLoad(api, false);
    await underLoad(api, true);
    api.client.close();
  } catch (error) {
    console.error(endOfLog(dataDir));
    throw error;
  } finally {
    await server.stop();
  }
};

const folder = mkdtempSync(join(tmpdir(), 'attune-config-'));
await bench(folder).finally(() => rmSync(folder, { recursive: true, force: true }));
