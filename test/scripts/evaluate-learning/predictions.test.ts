import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MASTERY_MODEL } from '../../../core/learning/mastery/mastery-of.ts';
import { BadInput } from '../../../scripts/evaluate/bad-input.ts';
import { type Enrolment, hasOulad, readEnrolments } from '../../../scripts/evaluate-learning/enrolments.ts';
import { evaluateLearning } from '../../../scripts/evaluate-learning/evaluate-learning.ts';
import { interactionsOf } from '../../../scripts/evaluate-learning/interactions-of.ts';
import { predictionsOf } from '../../../scripts/evaluate-learning/predictions.ts';
import { easeByKind, testEase } from '../../../scripts/evaluate-learning/test-ease.ts';

const FILES = {
  assessments: `code_module,code_presentation,id_assessment,assessment_type,date,weight
AAA,2013J,1,TMA,19,10
AAA,2013J,2,CMA,54,20`,
  studentAssessment: `id_assessment,id_student,date_submitted,is_banked,score
2,7,50,0,30
1,7,18,0,80
1,8,18,0,20
2,8,50,0,
1,9,19,0,60`,
  studentInfo: `code_module,code_presentation,id_student,gender,final_result
AAA,2013J,7,F,Pass
AAA,2013J,8,M,Withdrawn
AAA,2013J,9,M,Pass`,
  studentRegistration: `code_module,code_presentation,id_student,date_registration,date_unregistration
AAA,2013J,7,-20,
AAA,2013J,8,-10,60`,
};

let folder: string;
let enrolments: Enrolment[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-oulad-'));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, `${name}.csv`), text);
  enrolments = await readEnrolments(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const find = (student: string): Enrolment => {
  const found = enrolments.find(({ userId }) => userId === `AAA-2013J-${student}`);
  if (!found) throw new Error(`no ${student}`);
  return found;
};

describe('reading OULAD', () => {
  it('gives a user for each student of a presentation, with submissions by day', () => {
    expect(find('7').submissions).toEqual([
      { assessment: '1', kind: 'tma', day: 18, score: 80 },
      { assessment: '2', kind: 'cma', day: 50, score: 30 },
    ]);
    expect(find('8')).toMatchObject({ year: '2013', registered: -10, left: 60, withdrew: true });
    expect(find('8').submissions[1]?.score).toBeUndefined();
    expect(find('9')).toMatchObject({ registered: undefined, left: undefined });
  });

  it('says that the files are not there', async () => {
    expect([hasOulad(folder), hasOulad(join(folder, 'none'))]).toEqual([true, false]);
    await expect(evaluateLearning(['--data', join(folder, 'none')])).rejects.toThrow(BadInput);
    await expect(evaluateLearning(['--users', '0'])).rejects.toThrow('--users');
  });

  it('sends what has no score without a value', () => {
    const [scored, unscored] = interactionsOf(find('8'), (day) => day * 86_400_000);
    expect(scored).toMatchObject({ type: 'submission', value: 20, context: { topic: 'aaa' } });
    expect(unscored).not.toHaveProperty('value');
  });
});

describe('predictions', () => {
  it('of an assessment know how others did on earlier days only', () => {
    const ease = testEase(enrolments, new Map([['tma', 0.5]]));
    const tma = { assessment: '1', kind: 'tma', score: 1 };
    expect(ease({ ...tma, day: 18 })).toBe(0.5);
    expect(ease({ ...tma, day: 19 })).toBeCloseTo((1 + 10) / 22, 12);
    expect(ease({ ...tma, day: 20 })).toBeCloseTo((2 + 10) / 23, 12);
    expect(easeByKind(enrolments)).toEqual(
      new Map([
        ['cma', 0],
        ['tma', 2 / 3],
      ]),
    );
  });

  it('know the results of earlier days only', () => {
    const student = find('7');
    const sameDay = { ...student, submissions: student.submissions.map((one) => ({ ...one, day: 18 })) };
    const of = (one: Enrolment) => predictionsOf([one], () => 0.9, MASTERY_MODEL);
    expect(
      of(student).map(({ mastery, runningMean, passed }) => [mastery.results, runningMean, passed]),
    ).toEqual([
      [0, undefined, 1],
      [1, 0.8, 0],
    ]);
    expect(of(sameDay).map(({ mastery }) => mastery.results)).toEqual([0, 0]);
  });
});
