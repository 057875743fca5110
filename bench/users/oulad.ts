import path from 'node:path';
import type { RawColumn } from '../../core/learn/users/logistic/logistic-model.ts';
import { readTable, type TextTable } from '../../scripts/evaluate-users/read-table.ts';

/** Enrolments that were still there on a day of their course, and who withdrew later. */
export type Enrolments = { columns: RawColumn[]; labels: Uint8Array; day: number };

/** Two months into the course: what a model may know. */
const DAY = 60;

type Row = Record<string, string>;
type Work = { submitted: number; score: number; scored: number; last: number };

const rowsOf = ({ header, rows }: TextTable): Row[] =>
  rows.map((row) => Object.fromEntries(row.map((text, j) => [header[j]!, text])));

const enrolment = ({ code_module, code_presentation, id_student }: Row): string =>
  `${code_module}/${code_presentation}/${id_student}`;

/** What was handed in by the day, by enrolment. */
const workBy = (submissions: readonly Row[], assessments: readonly Row[]): Map<string, Work> => {
  const courseOf = new Map(assessments.map((row) => [row.id_assessment, row]));
  const work = new Map<string, Work>();
  for (const row of submissions) {
    const date = Number(row.date_submitted);
    const course = courseOf.get(row.id_assessment);
    if (course === undefined || date > DAY) continue;
    const key = enrolment({ ...course, id_student: row.id_student! });
    const known = work.get(key) ?? { submitted: 0, score: 0, scored: 0, last: Number.NEGATIVE_INFINITY };
    known.submitted += 1;
    if (row.score !== '') {
      known.score += Number(row.score);
      known.scored += 1;
    }
    known.last = Math.max(known.last, date);
    work.set(key, known);
  }
  return work;
};

const STATED = ['code_module', 'gender', 'region', 'highest_education', 'imd_band', 'age_band', 'disability'];
const NUMBERS = ['num_of_prev_attempts', 'studied_credits'];

/** Real churn beside the shop's: who of those still enrolled on day 60 withdraws before the course ends? */
export const ouladWithdrawals = async (folder: string): Promise<Enrolments> => {
  const read = async (name: string) => rowsOf(await readTable(path.join(folder, `${name}.csv`)));
  const registrations = new Map((await read('studentRegistration')).map((row) => [enrolment(row), row]));
  const work = workBy(await read('studentAssessment'), await read('assessments'));
  const enrolled = (await read('studentInfo')).filter((row) => {
    const left = registrations.get(enrolment(row))?.date_unregistration ?? '';
    return left === '' ? row.final_result !== 'Withdrawn' : Number(left) > DAY;
  });
  const numeric = (name: string, of: (row: Row) => number): RawColumn => ({
    kind: 'numeric',
    name,
    values: Float64Array.from(enrolled, of),
  });
  const workOf = (row: Row): Work | undefined => work.get(enrolment(row));
  return {
    day: DAY,
    labels: Uint8Array.from(enrolled, (row) => (row.final_result === 'Withdrawn' ? 1 : 0)),
    columns: [
      ...STATED.map(
        (name) => ({ kind: 'category', name, values: enrolled.map((row) => row[name]!) }) as const,
      ),
      ...NUMBERS.map((name) => numeric(name, (row) => Number(row[name]))),
      numeric('registered', (row) =>
        Number(registrations.get(enrolment(row))?.date_registration || Number.NaN),
      ),
      numeric('submitted', (row) => workOf(row)?.submitted ?? 0),
      numeric('score', (row) => {
        const done = workOf(row);
        return done && done.scored > 0 ? done.score / done.scored : Number.NaN;
      }),
      numeric('daysSinceSubmission', (row) => DAY - (workOf(row)?.last ?? Number.NaN)),
    ],
  };
};
