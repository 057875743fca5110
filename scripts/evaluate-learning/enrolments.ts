import { existsSync } from 'node:fs';
import path from 'node:path';
import { readTable } from '../evaluate-users/read-table.ts';

/** Something that a student handed in. `day` of the presentation; `score` 0-100, undefined where none was given. */
export type Submission = {
  readonly assessment: string;
  /** `tma`, `cma` or `exam`. */
  readonly kind: string;
  readonly day: number;
  readonly score: number | undefined;
};

/** One student in one presentation of a module: a user of the engine. */
export type Enrolment = {
  readonly userId: string;
  readonly module: string;
  readonly year: string;
  /** As it is in studentInfo. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Days of the presentation; undefined where they are not known, or where nobody left. */
  readonly registered: number | undefined;
  readonly left: number | undefined;
  readonly withdrew: boolean;
  /** By day. */
  readonly submissions: readonly Submission[];
};

type Row = Readonly<Record<string, string>>;

const FILES = ['assessments', 'studentAssessment', 'studentInfo', 'studentRegistration'] as const;

const rowsOf = async (folder: string, name: string): Promise<Row[]> => {
  const { header, rows } = await readTable(path.join(folder, `${name}.csv`));
  return rows.map((row) => Object.fromEntries(row.map((text, j) => [header[j] ?? '', text])));
};

const keyOf = ({ code_module, code_presentation, id_student }: Row): string =>
  `${code_module}-${code_presentation}-${id_student}`;

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text === '' || text === '?' ? undefined : Number(text);

const submissionsBy = (rows: readonly Row[], assessments: readonly Row[]): Map<string, Submission[]> => {
  const known = new Map(assessments.map((row) => [row.id_assessment, row]));
  const by = new Map<string, Submission[]>();
  for (const row of rows) {
    const assessment = known.get(row.id_assessment);
    if (assessment === undefined) continue;
    const key = keyOf({ ...assessment, id_student: row.id_student ?? '' });
    const own = by.get(key) ?? [];
    if (own.length === 0) by.set(key, own);
    own.push({
      assessment: row.id_assessment ?? '',
      kind: (assessment.assessment_type ?? '').toLowerCase(),
      day: Number(row.date_submitted),
      score: numberOf(row.score),
    });
  }
  for (const own of by.values()) own.sort((a, b) => a.day - b.day || (a.assessment < b.assessment ? -1 : 1));
  return by;
};

/** Whether the files of OULAD are there. */
export const hasOulad = (folder: string): boolean =>
  FILES.every((name) => existsSync(path.join(folder, `${name}.csv`)));

/** Every enrolment of OULAD with what was handed in. */
export const readEnrolments = async (folder: string): Promise<Enrolment[]> => {
  const [assessments = [], submitted = [], students = [], registrations = []] = await Promise.all(
    FILES.map((name) => rowsOf(folder, name)),
  );
  const submissions = submissionsBy(submitted, assessments);
  const registration = new Map(registrations.map((row) => [keyOf(row), row]));
  return students.map((row): Enrolment => {
    const userId = keyOf(row);
    return {
      userId,
      module: row.code_module ?? '',
      year: (row.code_presentation ?? '').slice(0, 4),
      attributes: row,
      registered: numberOf(registration.get(userId)?.date_registration),
      left: numberOf(registration.get(userId)?.date_unregistration),
      withdrew: row.final_result === 'Withdrawn',
      submissions: submissions.get(userId) ?? [],
    };
  });
};
