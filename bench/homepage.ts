/**
 * What a homepage costs and how long it takes: `npm run bench:homepage`. The real handler on the embedded table in memory, 5,000
 * contents, users who answered all twelve questions and did 20 things: made when it is asked for, kept from the request before,
 * and made by the night.
 */
import { loadavg } from 'node:os';
import { fillFilmWorld } from './homepage/fill-world.ts';
import { percentile } from './http.ts';
import { fixed, tableText } from './live/table-text.ts';
import { precomputeAll } from './serving/precompute-all.ts';
import { countTrips } from './serving/round-trips.ts';
import { SHARED_READS } from './serving/shared-reads.ts';
import { setEnvironment } from './units/local-environment.ts';
import { memoryTable } from './units/memory-table.ts';
import { temporaryStores } from './units/temporary-stores.ts';

const WORLD = { items: 5_000, users: 160, seed: 20_261_121 };
/** Asked before anything is measured: modules, catalogue, and what is read once of every content. */
const WARM_UP = 40;
const FIGURES = { precomputed: 25, computed: 60, roundTrips: 3 };

const say = (line: string): void => console.log(line);

setEnvironment({ ATTUNE_DOMAIN: 'film', POWERTOOLS_LOG_LEVEL: 'SILENT' });
const table = await memoryTable();
const stores = await temporaryStores();
const now = Date.now();
const users = await fillFilmWorld(table, WORLD, now);
say(`${WORLD.items} contents and ${users.length} users after ${fixed((Date.now() - now) / 1000, 0)} s`);

const { meterTotals, resetMeter } = await import('../lambdas/runtime/meter.ts');
const { handler } = await import('../lambdas/api/get-homepage.ts');

type Answer = { statusCode: number; body: string };
const call = handler as unknown as (event: unknown, context: unknown) => Promise<Answer>;

const eventOf = (userId: string) => ({
  version: '2.0',
  routeKey: 'GET /personalization/homepage',
  rawPath: '/personalization/homepage',
  rawQueryString: `userId=${userId}`,
  headers: {},
  queryStringParameters: { userId },
  requestContext: {
    requestId: userId,
    http: { method: 'GET', path: '/personalization/homepage' },
    authorizer: { jwt: { claims: { sub: userId }, scopes: null } },
  },
  isBase64Encoded: false,
});

/** Processor time of this thread, which others at work on the machine change little. */
const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const ask = async (userId: string) => {
  const busy = processorMs();
  const start = performance.now();
  let answer: Answer | undefined;
  const { rounds } = await countTrips(async () => {
    answer = await call(eventOf(userId), {
      functionName: 'get-homepage',
      awsRequestId: userId,
      memoryLimitInMB: '512',
    });
  });
  const milliseconds = performance.now() - start;
  if (answer?.statusCode !== 200) throw new Error(`${answer?.statusCode} ${answer?.body}`);
  const { source } = JSON.parse(answer.body) as { source: string };
  return { milliseconds, busy: processorMs() - busy, rounds, source };
};

/** Units of the answers themselves, without what a process reads for all of them. */
const unitsOf = () => {
  const own = Object.entries(meterTotals()).filter(
    ([operation]) => !SHARED_READS.has(operation) && operation !== 'readSharedHomepages',
  );
  const sum = (kind: 'calls' | 'readUnits' | 'writeUnits') =>
    own.reduce((all, [, use]) => all + use[kind], 0);
  return { requests: sum('calls'), reads: sum('readUnits'), writes: sum('writeUnits') };
};

const measured = async (name: string, some: readonly string[]) => {
  resetMeter();
  const answers = [];
  for (const user of some) answers.push(await ask(user));
  const { requests, reads, writes } = unitsOf();
  const times = answers.map(({ milliseconds }) => milliseconds);
  const busy = answers.map((answer) => answer.busy);
  const sources = Map.groupBy(answers, ({ source }) => source);
  return [
    name,
    fixed(percentile(times, 0.5), 1),
    fixed(percentile(times, 0.99), 1),
    fixed(percentile(busy, 0.5), 1),
    fixed(percentile(busy, 0.99), 1),
    String(Math.max(...answers.map(({ rounds }) => rounds))),
    fixed(requests / some.length, 2),
    fixed(reads / some.length, 2),
    fixed(writes / some.length, 2),
    [...sources].map(([source, { length }]) => `${source} ${length}`).join(', '),
  ];
};

const [warm, own] = [users.slice(0, WARM_UP), users.slice(WARM_UP)];
const first = await ask(warm[0] ?? '');
for (const user of warm.slice(1)) await ask(user);
const rows = [await measured('made when asked for', own), await measured('kept from before', own)];
const night = await precomputeAll(users, Date.now());
const precomputed = await measured('made by the night', own);
say(
  tableText([
    [
      'homepage',
      'p50 ms',
      'p99 ms',
      'processor',
      'its p99',
      'most rounds',
      'requests',
      'read units',
      'write units',
      'answers',
    ],
    ...[...rows, precomputed],
  ]),
);
say(
  `first answer of the process ${fixed(first.milliseconds, 0)} ms; the night made ${night.users} lists and pages in ${fixed(night.seconds, 1)} s`,
);
say(
  `load ${loadavg()
    .map((one) => fixed(one, 1))
    .join(' ')}`,
);
say(
  `figures: p99 ${FIGURES.precomputed} ms from precomputed, ${FIGURES.computed} ms computed, at most ${FIGURES.roundTrips} round trips`,
);
await Promise.all([table.close(), stores.close()]);
process.exit();
