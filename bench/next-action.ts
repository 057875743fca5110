/**
 * How well the next action is predicted, by the longest context looked at: `npm run bench:next-action`.
 * Generated users (each learned from their own first visits, asked about the later ones), and the submissions of OULAD
 * (learned from some students, asked about others; left out where `ATTUNE_DATA`, default ../shared/data, has none).
 */
import { seededRandom } from '../core/numbers/seeded-random.ts';
import { fixed, tableText } from './live/table-text.ts';
import { generatedUsers, type Visit } from './next-action/generated-visits.ts';
import { measure, noSums, PREDICTORS } from './next-action/measure.ts';
import { ouladStudents } from './next-action/oulad-visits.ts';

type Task = { readonly train: readonly Visit[]; readonly test: readonly Visit[] };

const SEED = 20_261_121;
const HELD_OUT = 0.2;

const say = (text: string): void => console.log(text);

const show = (name: string, tasks: readonly Task[]): void => {
  const rows = PREDICTORS.map((predictor) => {
    const sums = noSums();
    for (const task of tasks) measure(sums, predictor, task);
    const { asked, hits, reciprocal, logLoss } = sums;
    return [predictor.name, fixed(hits / asked, 4), fixed(reciprocal / asked, 4), fixed(logLoss / asked, 4)];
  });
  say(`\n${name}`);
  say(tableText([['', 'HR@1', 'MRR', 'log loss'], ...rows]));
};

/** Files come by module: without this, the modules asked about would be unknown. */
const shuffled = <T>(all: readonly T[]): T[] => {
  const random = seededRandom(SEED);
  return all
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
};

const split = (visits: readonly Visit[]): Task => {
  const at = Math.floor(visits.length * (1 - HELD_OUT));
  return { train: visits.slice(0, at), test: visits.slice(at) };
};

for (const visits of [10, 50]) {
  show(`200 generated users, ${visits} visits`, generatedUsers(200, visits, SEED).map(split));
}
const found = await ouladStudents();
if (found) {
  const students = shuffled(found);
  show(`OULAD, ${students.length} students, one model`, [split(students)]);
  const own = students
    .filter(({ length }) => length >= 8)
    .map((visit): Task => {
      const at = Math.floor(visit.length * 0.7);
      return { train: [visit.slice(0, at)], test: [visit.slice(at - 1)] };
    });
  show(`OULAD, ${own.length} students, each from the own history`, own);
} else say('\nOULAD: no data, skipped');
