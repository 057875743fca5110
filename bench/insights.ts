/**
 * A week of dashboards: how often a model's text is there, how often one is written, what it costs: `npm run bench:insights`
 * (`-- 60` for so many people). The engine's own stores on the embedded table, a simulated clock, the fake of Bedrock as the model.
 */
import { seededRandom } from '../core/numbers/seeded-random.ts';
import { people } from './insights/people.ts';
import { sessionsBefore } from './insights/sessions.ts';
import { runWeek, type WeekFigures } from './insights/week.ts';
import { introduce, newTrend, type TextsWorld, textsWorld, trackSession } from './insights/world.ts';
import { fixed, tableText } from './live/table-text.ts';
import { ids } from './tracking/visits.ts';
import { memoryTable } from './units/memory-table.ts';

const SEED = 20_261_121;
const PEOPLE = 300;
const DAYS = 7;
/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 10, 16);

const say = (text: string): void => console.log(text);
const percent = (part: number, whole: number): string => `${fixed((100 * part) / whole, 1)} %`;

const sayServed = ({ served, dashboards, interactions }: WeekFigures, count: number): void => {
  say(`${count} people, ${DAYS} days: ${dashboards} dashboards, ${interactions} interactions\n`);
  say(
    tableText([
      ['texts of a dashboard', 'dashboards', 'share'],
      ['by a model, written before', String(served.model), percent(served.model, dashboards)],
      ...[...served.reasons]
        .sort(([, a], [, b]) => b - a)
        .map(([reason, times]) => [reason, String(times), percent(times, dashboards)]),
    ]),
  );
};

const sayWritten = ({ counts }: TextsWorld, { requests }: WeekFigures, count: number): void => {
  const asked = [...counts.outcomes.values()].reduce((sum, times) => sum + times, 0);
  const written = counts.outcomes.get('written') ?? 0;
  const refused = counts.outcomes.get('failed the check') ?? 0;
  say('');
  say(
    tableText([
      ['generated', ''],
      ['requests worked off', String(requests)],
      ['texts written', String(written)],
      ['texts written, per person and week', fixed(written / count, 2)],
      ['refused by the check', `${refused} (${percent(refused, asked)})`],
      ...[...counts.outcomes]
        .filter(([outcome]) => outcome !== 'written' && outcome !== 'failed the check')
        .map(([outcome, times]) => [outcome, String(times)]),
      ['tokens in, per text', fixed(counts.input / Math.max(1, written + refused), 0)],
      ['tokens out, per text', fixed(counts.output / Math.max(1, written + refused), 0)],
    ]),
  );
};

const sayUse = ({ dashboards, dashboardUse, dashboardRounds, requests, requestUse }: WeekFigures): void => {
  const row = (name: string, use: WeekFigures['dashboardUse'], times: number, rounds?: number): string[] => [
    name,
    fixed(use.readUnits / times, 2),
    fixed(use.writeUnits / times, 2),
    fixed(use.roundTrips / times, 2),
    rounds === undefined ? '' : fixed(rounds / times, 2),
  ];
  say('');
  say(
    tableText([
      ['table, each', 'read units', 'write units', 'requests', 'waits'],
      row('dashboard', dashboardUse, dashboards, dashboardRounds),
      row('text by the worker', requestUse, Math.max(1, requests)),
    ]),
  );
};

const sayCaches = ({ caches, dashboards }: WeekFigures, count: number): void => {
  const rows = [
    ['every fact exactly', caches.exact],
    ['exactly, without what changes by the click', caches.calm],
    ['in steps, the sheet as a whole', caches.quantised],
    ['whatever changes, for 24 hours', caches.day],
  ] as const;
  say('');
  say(
    tableText([
      ['a text is good while the facts stay', 'texts', 'per person and week', 'hits'],
      ...rows.map(([name, cache]) => [
        name,
        String(cache.written()),
        fixed(cache.written() / count, 2),
        percent(cache.hits(), dashboards),
      ]),
    ]),
  );
};

const sayKept = (what: string, { texts, claims, stillSo }: WeekFigures['kept']): void =>
  say(`${what}: ${texts}, with ${claims} claims, of which still so ${percent(stillSo, Math.max(1, claims))}`);

const sayChanges = ({ changes, dashboards, passed, kept }: WeekFigures): void => {
  say('');
  sayKept('texts that were there and shown', kept);
  sayKept('texts that were there and passed over', passed);
  say('');
  say(
    tableText([
      ['facts that were not, in steps, what they were on the dashboard before', 'dashboards', 'share'],
      ...changes.counts().map(([kind, times]) => [kind, String(times), percent(times, dashboards)]),
    ]),
  );
};

const count = Number(process.argv[2] ?? PEOPLE);
if (!Number.isInteger(count) || count < 1) throw new Error('the number of people must be whole and positive');
const table = await memoryTable();
const newId = ids(SEED);
const world = await textsWorld(newId, SEED);
const random = seededRandom(SEED + 1);
const everybody = people(count, START, SEED + 2);
await newTrend(START, random);
for (const session of sessionsBefore(everybody, START, random, newId)) await trackSession(session);
for (const person of everybody) await introduce(person, START);
const started = performance.now();
const week = await runWeek(world, everybody, { start: START, seed: SEED + 3, days: DAYS });
sayServed(week, count);
sayWritten(world, week, count);
sayUse(week);
sayCaches(week, count);
sayChanges(week);
say(`\n${fixed((performance.now() - started) / 1000, 0)} s; tokens are those of o200k_base, by the fake`);
await world.close();
await table.close();
process.exit();
