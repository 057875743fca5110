import { type Mastery, type MasteryModel, masteryOf } from '../../core/learning/mastery/mastery-of.ts';
import type { SkillTally } from '../../core/profile/behaviour.ts';
import { DAY_MS } from '../../core/profile/fold/decay.ts';
import { countSkill, PASS_SCORE } from '../../core/profile/fold/results.ts';
import type { Enrolment, Submission } from './enrolments.ts';
import type { Ease } from './test-ease.ts';

/** One scored submission with what was known before its day. */
export type Prediction = {
  readonly passed: 0 | 1;
  readonly mastery: Mastery;
  /** 0-1; undefined before the first result. */
  readonly runningMean: number | undefined;
  readonly ease: number;
};

/** Days count from minus some weeks on; the fold wants times after the epoch. */
const timeOf = (day: number): number => (day + 1_000) * DAY_MS;

type Scored = Submission & { readonly score: number };

const isScored = (submission: Submission): submission is Scored => submission.score !== undefined;

/** Every scored submission of a student, predicted from those of earlier days: what came on the same day is not known yet. */
const ofStudent = ({ submissions, module }: Enrolment, ease: Ease, model: MasteryModel): Prediction[] => {
  const scored = submissions.filter(isScored);
  const predictions: Prediction[] = [];
  let tally: SkillTally | undefined;
  let counted = 0;
  let sum = 0;
  for (const submission of scored) {
    for (let next = scored[counted]; next && next.day < submission.day; next = scored[counted]) {
      const result = { score: next.score, passed: next.score >= PASS_SCORE };
      tally = countSkill(tally, module, result, timeOf(next.day), model.halfLifeMs);
      sum += next.score;
      counted += 1;
    }
    predictions.push({
      passed: submission.score >= PASS_SCORE ? 1 : 0,
      mastery: masteryOf(tally, timeOf(submission.day), model),
      runningMean: counted === 0 ? undefined : sum / counted / 100,
      ease: ease(submission),
    });
  }
  return predictions;
};

/** Predictions for all students. */
export const predictionsOf = (
  enrolments: readonly Enrolment[],
  ease: Ease,
  model: MasteryModel,
): Prediction[] => enrolments.flatMap((enrolment) => ofStudent(enrolment, ease, model));
