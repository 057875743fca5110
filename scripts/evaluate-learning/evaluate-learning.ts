import { BadInput } from '../evaluate/bad-input.ts';
import { parsedArgs } from '../evaluate/parsed-args.ts';
import { progressLines } from '../evaluate/progress.ts';
import { wholeNumber } from '../evaluate-users/usage.ts';
import { hasOulad, readEnrolments } from './enrolments.ts';
import { nextResults } from './next-results.ts';
import { replay } from './replay.ts';
import { withdrawals } from './withdrawals.ts';

export const learningUsage = `npm run -s evaluate:learning -- [options]

  --data FOLDER     the files of OULAD (default ../shared/data/oulad)
  --no-replay       leave out the replay through the bulk API of a local server
  --students N      replay only so many of them, for a first look
  --users N         users that are read back after the replay (default 200)
  --seed N          of the choice of them (default 1)

Replays every submission of the Open University Learning Analytics Dataset as interactions, predicts each result from earlier ones,
and who withdraws after day 30 and 60. Prints one JSON object; progress goes to the standard error.`;

const options = {
  data: { type: 'string', default: '../shared/data/oulad' },
  'no-replay': { type: 'boolean', default: false },
  students: { type: 'string', default: '40000' },
  users: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
} as const;

/** Runs the command; the result is what it prints. @throws BadInput */
export const evaluateLearning = async (args: readonly string[]) => {
  const values = parsedArgs(args, options);
  const compared = {
    count: wholeNumber(values.users, 'users', 1),
    seed: wholeNumber(values.seed, 'seed', 0),
  };
  if (!hasOulad(values.data)) throw new BadInput(`${values.data} does not hold the files of OULAD; skipped`);
  const students = wholeNumber(values.students, 'students', 1);
  const progress = progressLines();
  const enrolments = await readEnrolments(values.data);
  progress('predicting results', 0, 1);
  const results = nextResults(enrolments);
  progress('predicting withdrawals', 0, 1);
  const withdrawal = withdrawals(enrolments);
  return {
    enrolments: enrolments.length,
    replay: values['no-replay'] ? null : await replay(enrolments.slice(0, students), compared, progress),
    nextResult: results,
    withdrawal,
  };
};
