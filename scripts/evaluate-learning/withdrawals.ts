import { aucOf, logLossOf } from '../../core/learn/users/binary-metrics.ts';
import { fitLogistic } from '../../core/learn/users/logistic/fit-logistic.ts';
import type { RawColumn } from '../../core/learn/users/logistic/logistic-model.ts';
import { probabilityOf } from '../../core/learn/users/logistic/predict.ts';
import { masteryOfTopic } from '../../core/learning/mastery/mastery-of.ts';
import { type Behaviour, emptyBehaviour } from '../../core/profile/behaviour.ts';
import { DAY_MS } from '../../core/profile/fold/decay.ts';
import { foldInteractions } from '../../core/profile/fold/fold-interactions.ts';
import { BEHAVIOUR_FEATURES, behaviourVector } from '../../core/profile/view/behaviour-vector.ts';
import { rounded } from '../../core/profile/view/curves.ts';
import type { Enrolment } from './enrolments.ts';
import { interactionsOf } from './interactions-of.ts';

const DAYS = [30, 60];
const SEED = 1;
const DIGITS = 4;
/** A day of the calendar on which all presentations begin, as far as the features see. */
const START = Date.UTC(2026, 0, 5);

const CATEGORIES = ['gender', 'region', 'highest_education', 'imd_band', 'age_band', 'disability'];
const NUMBERS = ['num_of_prev_attempts', 'studied_credits'];

const numeric = (name: string, values: ArrayLike<number>): RawColumn => ({
  kind: 'numeric',
  name,
  values: Float64Array.from(values),
});

/** What was known on the first day: nothing of it is behaviour. */
const staticColumns = (enrolments: readonly Enrolment[]): RawColumn[] => [
  ...CATEGORIES.map(
    (name): RawColumn => ({
      kind: 'category',
      name,
      values: enrolments.map(({ attributes }) => attributes[name] ?? ''),
    }),
  ),
  ...NUMBERS.map((name) =>
    numeric(
      name,
      enrolments.map(({ attributes }) => Number(attributes[name])),
    ),
  ),
];

const moduleColumn = (enrolments: readonly Enrolment[]): RawColumn => ({
  kind: 'category',
  name: 'module',
  values: enrolments.map(({ module }) => module),
});

/** The fold of what was handed in up to and with a day. */
const behaviourAt = (enrolment: Enrolment, day: number): Behaviour => {
  const known = {
    ...enrolment,
    submissions: enrolment.submissions.filter((submission) => submission.day <= day),
  };
  const interactions = interactionsOf(known, (on) => START + on * DAY_MS);
  return foldInteractions(
    emptyBehaviour(),
    interactions.map((interaction) => ({ ...interaction, firstOfSession: false })),
  );
};

const vectorColumns = (behaviours: readonly Behaviour[], now: number): RawColumn[] => {
  const vectors = behaviours.map((behaviour) => behaviourVector(behaviour, now));
  return BEHAVIOUR_FEATURES.map((name, j) =>
    numeric(
      name,
      vectors.map((vector) => vector[j] ?? 0),
    ),
  );
};

const masteryColumns = (
  enrolments: readonly Enrolment[],
  behaviours: readonly Behaviour[],
  now: number,
): RawColumn[] => {
  const known = enrolments.map(({ module }, row) =>
    masteryOfTopic(behaviours[row] ?? emptyBehaviour(), module, now),
  );
  return [
    numeric(
      'mastery',
      known.map(({ mastery }) => mastery),
    ),
    numeric(
      'results',
      known.map(({ results }) => results),
    ),
  ];
};

/** Trained on the presentations of 2013, measured on those of 2014. */
const measured = (columns: readonly RawColumn[], enrolments: readonly Enrolment[], labels: Uint8Array) => {
  const rows = Int32Array.from(labels, (_, row) => row);
  const train = rows.filter((row) => enrolments[row]?.year === '2013');
  const test = rows.filter((row) => enrolments[row]?.year === '2014');
  const { model } = fitLogistic(columns, labels, train, { seed: SEED });
  const predicted = Float64Array.from(test, (row) =>
    probabilityOf(
      model,
      columns.map(({ values }) => values[row] ?? Number.NaN),
    ),
  );
  const own = Uint8Array.from(test, (row) => labels[row] ?? 0);
  return { auc: rounded(aucOf(predicted, own), DIGITS), logLoss: rounded(logLossOf(predicted, own), DIGITS) };
};

const isThere = ({ registered, left, withdrew }: Enrolment, day: number): boolean => {
  if (registered !== undefined && registered > day) return false;
  return left === undefined ? !withdrew : left > day;
};

const onDay = (all: readonly Enrolment[], day: number) => {
  const enrolments = all.filter((enrolment) => isThere(enrolment, day));
  const labels = Uint8Array.from(enrolments, ({ withdrew }) => (withdrew ? 1 : 0));
  const now = START + (day + 1) * DAY_MS;
  const behaviours = enrolments.map((enrolment) => behaviourAt(enrolment, day));
  const vector = vectorColumns(behaviours, now);
  const mastery = masteryColumns(enrolments, behaviours, now);
  const known = staticColumns(enrolments);
  const module = moduleColumn(enrolments);
  const of = (...columns: RawColumn[]) => measured(columns, enrolments, labels);
  const share = (year: string): number => {
    const own = labels.filter((_, row) => enrolments[row]?.year === year);
    return rounded(own.reduce((sum, label) => sum + label, 0) / own.length, DIGITS);
  };
  return {
    day,
    students: enrolments.length,
    testedOn: enrolments.filter(({ year }) => year === '2014').length,
    withdrawLater: { trainedOn2013: share('2013'), testedOn2014: share('2014') },
    staticAttributes: of(...known),
    behaviour: of(...vector),
    behaviourAndMastery: of(...vector, ...mastery),
    staticAttributesAndModule: of(...known, module),
    behaviourMasteryAndModule: of(...vector, ...mastery, module),
    everything: of(...vector, ...mastery, ...known, module),
  };
};

/** Who of the students still registered on a day withdraws later, by the logistic model of core/learn/users. */
export const withdrawals = (enrolments: readonly Enrolment[]) => DAYS.map((day) => onDay(enrolments, day));
