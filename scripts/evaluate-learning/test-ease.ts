import { USUAL_EASE } from '../../core/learning/mastery/chance-to-pass.ts';
import { PASS_SCORE } from '../../core/profile/fold/results.ts';
import type { Enrolment, Submission } from './enrolments.ts';

/** The share of others that had passed an assessment before a day. */
export type Ease = (submission: Submission) => number;

/** What is usual of a kind of assessment counts as so many submissions. */
const PRIOR = 20;

type Count = { day: number; results: number; passes: number };

const scoredOf = (enrolments: readonly Enrolment[]): Submission[] =>
  enrolments.flatMap(({ submissions }) => submissions.filter(({ score }) => score !== undefined));

const hasPassed = ({ score = 0 }: Submission): number => (score >= PASS_SCORE ? 1 : 0);

/** Share of passes by kind of assessment, in the enrolments given. */
export const easeByKind = (enrolments: readonly Enrolment[]): Map<string, number> => {
  const counts = new Map<string, [results: number, passes: number]>();
  for (const submission of scoredOf(enrolments)) {
    const [results, passes] = counts.get(submission.kind) ?? [0, 0];
    counts.set(submission.kind, [results + 1, passes + hasPassed(submission)]);
  }
  return new Map(Array.from(counts, ([kind, [results, passes]]) => [kind, passes / results]));
};

/** Results and passes of every assessment up to and with each day on which something came, by day. */
const countsByDay = (enrolments: readonly Enrolment[]): Map<string, Count[]> => {
  const by = new Map<string, Count[]>();
  for (const submission of scoredOf(enrolments).sort((a, b) => a.day - b.day)) {
    const days = by.get(submission.assessment) ?? [];
    if (days.length === 0) by.set(submission.assessment, days);
    const last = days.at(-1);
    const next = {
      day: submission.day,
      results: (last?.results ?? 0) + 1,
      passes: (last?.passes ?? 0) + hasPassed(submission),
    };
    if (last?.day === submission.day) days[days.length - 1] = next;
    else days.push(next);
  }
  return by;
};

/** The ease of assessments from the submissions of earlier days alone, shrunk towards that of their kind. */
export const testEase = (
  enrolments: readonly Enrolment[],
  usualByKind: ReadonlyMap<string, number>,
): Ease => {
  const counts = countsByDay(enrolments);
  return ({ assessment, kind, day }) => {
    const before = counts.get(assessment)?.findLast((count) => count.day < day);
    const usual = usualByKind.get(kind) ?? USUAL_EASE;
    return ((before?.passes ?? 0) + PRIOR * usual) / ((before?.results ?? 0) + PRIOR);
  };
};
