/**
 * What a recommendation of 20 out of 50,000 items costs and how long it takes:
 * `npm run bench:serving -- [--users 1000]` (of any number, 1,000 are asked for).
 * The real handler on the embedded table in memory, full neighbour lists, users of 20, 100 and 500 interactions, whose pages,
 * which no answer reads, are left out.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fixed, tableText } from './live/table-text.ts';
import { fillTable, type World } from './serving/fill-table.ts';
import { precomputeAll } from './serving/precompute-all.ts';
import { runServe, type Served } from './serving/run-serve.ts';
import type { Answers } from './serving/serve-figures.ts';
import { memoryTable } from './units/memory-table.ts';
import { temporaryStores } from './units/temporary-stores.ts';

/** Of a thousand users, so many did so much. */
const SHAPE = [
  { users: 700, interactions: 20 },
  { users: 250, interactions: 100 },
  { users: 50, interactions: 500 },
];
const CALLERS = [1, 16];

const { values } = parseArgs({ options: { users: { type: 'string', default: '1000' } } });
const thousands = Math.max(1, Math.round(Number(values.users) / 1_000));
const WORLD: World = {
  items: 50_000,
  groups: SHAPE.map(({ users, interactions }) => ({ users: users * thousands, interactions })),
  seed: 20_261_121,
  withoutPages: true,
};

const say = (text: string): void => console.log(text);
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

const answersRow = (name: string, answers: Answers): string[] => [
  name,
  fixed(answers.rounds, 2),
  fixed(answers.requests, 2),
  fixed(answers.readUnits, 2),
  fixed(answers.writeUnits, 2),
  Object.entries(answers.sources)
    .map(([source, count]) => `${source} ${count}`)
    .join(', '),
];

const sayAnswers = ({ answers }: Served): void => {
  const rows = WORLD.groups.flatMap(({ interactions }, index) => {
    const group = answers[index];
    if (!group) return [];
    return [
      answersRow(`  ${interactions} interactions, first`, group.first),
      answersRow(`  ${interactions} interactions, again`, group.again),
    ];
  });
  say(
    tableText([
      ['20 recommendations', 'rounds', 'requests', 'read units', 'write units', 'answers'],
      ...rows,
    ]),
  );
};

const saySpeed = ({ speed }: Served): void => {
  const rows = speed.map(({ kind, callers, perSecond, processorMs, processorP99, p50, p95, p99 }) => [
    `  ${callers} caller${callers === 1 ? '' : 's'}, ${kind}`,
    fixed(perSecond, 0),
    fixed(processorMs, 1),
    processorP99 === undefined ? '' : fixed(processorP99, 1),
    ...[p50, p95, p99].map((milliseconds) => fixed(milliseconds, 1)),
  ]);
  say(
    tableText([['handler', 'per second', 'processor ms', 'its p99', 'p50 ms', 'p95 ms', 'p99 ms'], ...rows]),
  );
};

const sayServed = (name: string, served: Served): void => {
  const { cold, warm, logBytesPerAnswer } = served;
  say(`\n${name}`);
  say(
    `cold: modules ${fixed(cold.loadMs, 0)} ms, first answer ${fixed(cold.firstAnswerMs, 0)} ms with ` +
      `${fixed(cold.readUnits, 1)} read units in ${cold.requests} requests for catalogue, model and rankings`,
  );
  say(
    `memory: ${megabytes(cold.heapUsed)} in use after the first answer (process ${megabytes(cold.rss)}), ` +
      `${megabytes(warm.heapUsed)} at the end (process ${megabytes(warm.rss)}); ` +
      `${fixed(logBytesPerAnswer, 0)} bytes of log per answer`,
  );
  sayAnswers(served);
  saySpeed(served);
};

/** So many of each group that it keeps its share, evenly from first to last. */
const sampled = (users: readonly (readonly string[])[]): string[][] =>
  users.map((group) => group.filter((_, index) => index % thousands === 0));

const load = (): string =>
  `load ${loadavg()
    .map((one) => fixed(one, 1))
    .join(' ')}`;

const bench = async (): Promise<void> => {
  const table = await memoryTable();
  const stores = await temporaryStores();
  const start = performance.now();
  const now = Date.now();
  const { users } = await fillTable(table, WORLD, now);
  const seconds = (performance.now() - start) / 1000;
  say(`${WORLD.items} items and ${users.flat().length} users after ${fixed(seconds, 0)} s; ${load()}`);
  const some = sampled(users);
  const asked = (label: string) => ({
    label,
    groups: some,
    unitUsers: 25,
    speedUsers: 800,
    callers: CALLERS,
  });
  sayServed('computed; no snapshot of the catalogue yet', await runServe(asked('computed')));
  const precomputed = await precomputeAll(some.flat(), now);
  say(`\nprecomputed ${precomputed.users} users in ${fixed(precomputed.seconds, 1)} s`);
  sayServed('precomputed; starts from a snapshot of the catalogue', await runServe(asked('precomputed')));
  say(`\n${load()}`);
  say('figures: at most 3 round trips, 6 read units, p99 25 ms');
  await Promise.all([table.close(), stores.close()]);
};

await bench();
