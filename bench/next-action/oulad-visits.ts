import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import type { Visit } from './generated-visits.ts';

const DATA = process.env.ATTUNE_DATA ?? '../shared/data';
const DAY_MS = 86_400_000;
/** Marks from which a submission is a pass, and a distinction. */
const PASS = 40;
const DISTINCTION = 85;

const rowsOf = (file: string) =>
  createReadStream(join(DATA, 'oulad', file)).pipe(parse({ columns: true })) as AsyncIterable<
    Record<string, string>
  >;

const marked = (score: number): string => {
  if (score >= DISTINCTION) return 'distinction';
  return score >= PASS ? 'pass' : 'fail';
};

const kinds = async (): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for await (const row of rowsOf('assessments.csv'))
    found.set(row.id_assessment ?? '', `${row.assessment_type}:${row.code_module}`);
  return found;
};

/**
 * Each student's submissions in a module by date, as one visit: the action is the kind of assessment, its module and how it
 * was marked. Undefined where the data are not there.
 */
export const ouladStudents = async (): Promise<Visit[] | undefined> => {
  if (!existsSync(join(DATA, 'oulad', 'studentAssessment.csv'))) return undefined;
  const kindOf = await kinds();
  const students = new Map<string, { name: string; at: number }[]>();
  for await (const row of rowsOf('studentAssessment.csv')) {
    const kind = kindOf.get(row.id_assessment ?? '');
    if (kind === undefined || row.score === '') continue;
    const key = `${row.id_student} ${kind.split(':')[1]}`;
    const done = students.get(key) ?? [];
    done.push({ name: `${kind}:${marked(Number(row.score))}`, at: Number(row.date_submitted) * DAY_MS });
    students.set(key, done);
  }
  return [...students.values()].map((done) => done.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1)));
};
