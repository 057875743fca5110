/**
 * One Lambda's life in a process of its own: the cold start with its first answer, then what answers cost and how long
 * they take. Its input comes as the first argument, its figures go to the parent as one message.
 */
import { load, percentile } from '../http.ts';
import { askEvent } from './ask-event.ts';
import { countTrips } from './round-trips.ts';
import type { Answers, Asked, Cold, Kind, ServeFigures, Speed } from './serve-figures.ts';
import { SHARED_READS } from './shared-reads.ts';

const started = performance.now();
const { meterTotals, resetMeter } = await import('../../lambdas/runtime/meter.ts');
const { handler } = await import('../../lambdas/api/get-recommendations.ts');
const loaded = performance.now();

const asked = JSON.parse(process.argv[2] ?? '{}') as Asked;

let requests = 0;

const call = handler as unknown as (
  event: unknown,
  context: unknown,
) => Promise<{ statusCode: number; body: string; headers: Record<string, string> }>;

/** Of this thread. */
const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const ask = async (userId: string, place: string) => {
  const context = `${asked.label} ${place}`;
  const start = performance.now();
  const busyBefore = processorMs();
  requests += 1;
  const requestId = `request-${requests}`;
  const answer = await call(askEvent(userId, { limit: '20', context }, requestId), {
    functionName: 'get-recommendations',
    awsRequestId: requestId,
    memoryLimitInMB: '512',
  });
  const milliseconds = performance.now() - start;
  const busy = processorMs() - busyBefore;
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${answer.body}`);
  return { milliseconds, busy, bytes: answer.body.length, source: answer.headers['Attune-Source'] ?? '' };
};

const sumOf = (wanted: (operation: string) => boolean) => {
  const sum = { requests: 0, readUnits: 0, writeUnits: 0 };
  for (const [operation, { calls, readUnits, writeUnits }] of Object.entries(meterTotals())) {
    if (!wanted(operation)) continue;
    sum.requests += calls;
    sum.readUnits += readUnits;
    sum.writeUnits += writeUnits;
  }
  return sum;
};

const memory = () => {
  globalThis.gc?.();
  const { heapUsed, rss, arrayBuffers } = process.memoryUsage();
  return { heapUsed: heapUsed + arrayBuffers, rss };
};

const coldStart = async (): Promise<Cold> => {
  const before = performance.now();
  const { milliseconds } = await ask(asked.groups[0]?.[0] ?? '', 'cold');
  const shared = sumOf((operation) => SHARED_READS.has(operation));
  return {
    loadMs: loaded - started,
    firstAnswerMs: milliseconds,
    sinceStartMs: before - started + milliseconds,
    requests: shared.requests,
    readUnits: shared.readUnits,
    ...memory(),
  };
};

/** Asks for each user alone; the means. */
const answersOf = async (users: readonly string[], context: string): Promise<Answers> => {
  const sum = { rounds: 0, bytes: 0 };
  const sources: Record<string, number> = {};
  resetMeter();
  for (const user of users) {
    const { rounds } = await countTrips(async () => {
      const { bytes, source } = await ask(user, context);
      sum.bytes += bytes;
      sources[source] = (sources[source] ?? 0) + 1;
    });
    sum.rounds += rounds;
  }
  const own = sumOf((operation) => !SHARED_READS.has(operation));
  const count = users.length;
  return {
    requests: own.requests / count,
    rounds: sum.rounds / count,
    readUnits: own.readUnits / count,
    writeUnits: own.writeUnits / count,
    bytes: sum.bytes / count,
    sources,
  };
};

/** So many of all, evenly from first to last, so that every group has its share. */
const spread = (users: readonly string[], count: number): string[] =>
  users.length <= count
    ? [...users]
    : Array.from({ length: count }, (_, i) => users[Math.floor((i * users.length) / count)] as string);

const speedOf = async (kind: Kind, callers: number): Promise<Speed> => {
  const users = spread(asked.groups.flat(), asked.speedUsers);
  const context = kind === 'first' ? `speed ${callers}` : 'warm';
  if (kind === 'again') await load(users, callers, (user) => ask(user, context));
  const before = processorMs();
  const { results, figures } = await load(users, callers, (user) => ask(user, context));
  const mean = (processorMs() - before) / users.length;
  const busy = results.map((result) => result.busy);
  return {
    kind,
    callers,
    processorMs: mean,
    processorP99: callers === 1 ? percentile(busy, 0.99) : undefined,
    ...figures,
  };
};

const cold = await coldStart();
/** Not those whose units are counted: their neighbour lists shall not be in memory. */
const others = asked.groups.flatMap((users) => users.slice(asked.unitUsers));
await load(spread(others, 200), 4, (user) => ask(user, 'warm up'));
const answers: ServeFigures['answers'] = [];
for (const users of asked.groups) {
  const sampled = users.slice(0, asked.unitUsers);
  answers.push({ first: await answersOf(sampled, 'units'), again: await answersOf(sampled, 'units') });
}
const speed: Speed[] = [];
for (const callers of asked.callers) {
  for (const kind of ['first', 'again'] as const) speed.push(await speedOf(kind, callers));
}
process.send?.({ cold, answers, speed, requests, warm: memory() } satisfies ServeFigures, () =>
  process.exit(),
);
