/**
 * What a recommendation of 20 out of 50,000 items costs and how long it takes: `npm run bench:serving`.
 * The real handler on the embedded table in memory, full neighbour lists, users of 20, 100 and 500 interactions.
 */
import { fixed, tableText } from './live/table-text.ts';
import { fillTable, type World } from './serving/fill-table.ts';
import { precomputeAll } from './serving/precompute-all.ts';
import { runServe, type Served } from './serving/run-serve.ts';
import type { Answers } from './serving/serve-figures.ts';
import { memoryTable } from './units/memory-table.ts';
import { temporaryStores } from './units/temporary-stores.ts';

const WORLD: World = {
  items: 50_000,
  groups: [
    { users: 700, interactions: 20 },
    { users: 250, interactions: 100 },
    { users: 50, interactions: 500 },
  ],
  seed: 20_261_121,
};
const CALLERS = [1, 16];

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
  const rows = speed.map(({ kind, callers, perSecond, processorMs, p50, p95, p99 }) => [
    `  ${callers} caller${callers === 1 ? '' : 's'}, ${kind}`,
    fixed(perSecond, 0),
    fixed(processorMs, 1),
    ...[p50, p95, p99].map((milliseconds) => fixed(milliseconds, 1)),
  ]);
  say(tableText([['handler', 'per second', 'processor ms', 'p50 ms', 'p95 ms', 'p99 ms'], ...rows]));
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

const bench = async (): Promise<void> => {
  const table = await memoryTable();
  const stores = await temporaryStores();
  const start = performance.now();
  const now = Date.now();
  const { users } = await fillTable(table, WORLD, now);
  say(
    `${WORLD.items} items and ${users.flat().length} users after ${fixed((performance.now() - start) / 1000, 0)} s`,
  );
  const asked = (label: string) => ({
    label,
    groups: users,
    unitUsers: 50,
    speedUsers: 800,
    callers: CALLERS,
  });
  sayServed('computed; no snapshot of the catalogue yet', await runServe(asked('computed')));
  const precomputed = await precomputeAll(users.flat(), now);
  say(`\nprecomputed ${precomputed.users} users in ${fixed(precomputed.seconds, 1)} s`);
  sayServed('precomputed; starts from a snapshot of the catalogue', await runServe(asked('precomputed')));
  say('\nfigures: at most 3 round trips, 6 read units, p99 25 ms');
  await Promise.all([table.close(), stores.close()]);
};

await bench();
