import { FACT_FIELDS, type FactFields, type FactKind } from '../insights/facts/types.ts';

/** The words that a field of a fact can have, where they are a closed list; what is not named here is open. */
export const FACT_WORDS: { readonly [K in FactKind]?: Readonly<Record<string, readonly string[]>> } = {
  trend: { near: ['focus', 'interest', 'no'] },
  feature: { use: ['frequent', 'occasional', 'lapsed'] },
  content: { liking: ['liked', 'disliked', 'mixed'] },
  goal: {
    term: ['short', 'long'],
    pace: ['ahead', 'on track', 'behind', 'done', 'overdue', 'open'],
    measured: ['yes', 'no'],
  },
  answers: { state: ['none', 'some', 'complete'] },
  activity: { trend: ['rising', 'falling', 'steady', 'new', 'away'] },
  churn: { risk: ['low', 'medium', 'high'] },
  standing: { level: ['beginner', 'intermediate', 'advanced', 'expert'] },
  streak: { today: ['yes', 'no'] },
  skill: { state: ['weak', 'growing', 'mastered'] },
  feedback: { mood: ['positive', 'negative', 'neutral'] },
  time: { time: ['morning', 'afternoon', 'evening', 'night'] },
};

/** Optional fields that are numbers; the others are names, but `due`, which is a date. */
const OPTIONAL_NUMBERS: { readonly [K in FactKind]?: readonly string[] } = {
  goal: ['current', 'target', 'percent', 'left', 'daysLeft'],
  activity: ['medianMinutes'],
};

export type FieldType = 'name' | 'word' | 'number' | 'date';

/** What a field of a kind of facts holds; undefined where the kind has no such field. */
export const fieldType = (kind: FactKind, field: string): FieldType | undefined => {
  const fields: FactFields = FACT_FIELDS[kind];
  if (fields.names.includes(field)) return 'name';
  if (fields.words.includes(field)) return 'word';
  if (fields.numbers.includes(field)) return 'number';
  if (!fields.optional?.includes(field)) return undefined;
  if (field === 'due') return 'date';
  return OPTIONAL_NUMBERS[kind]?.includes(field) ? 'number' : 'name';
};

export const fieldNames = (kind: FactKind): readonly string[] => {
  const { names, words, numbers, optional = [] }: FactFields = FACT_FIELDS[kind];
  return [...names, ...words, ...numbers, ...optional];
};

/** Kinds that only a page tells, with its request for suggestions. */
export const PAGE_KINDS: readonly FactKind[] = ['page', 'time', 'completion', 'action'];

const PACED = ['ahead', 'on track', 'behind', 'overdue'];
const NUMBERS = ['current', 'target', 'percent', 'left'];
const DATES = ['daysLeft', 'due'];

const goalFields = (field: string, values: readonly string[]): readonly string[] => {
  if (NUMBERS.includes(field)) return [...NUMBERS, 'metric', 'unit'];
  if (DATES.includes(field)) return DATES;
  if (field !== 'pace' || values.length === 0) return [];
  if (values.every((pace) => PACED.includes(pace))) return [...NUMBERS, 'metric', 'unit', ...DATES];
  return values.every((pace) => pace === 'done' || PACED.includes(pace))
    ? [...NUMBERS, 'metric', 'unit']
    : [];
};

/** Optional fields of a fact that are there where `field` is (for words: where it is one of `values`). */
export const fieldsWith = (kind: FactKind, field: string, values: readonly string[]): readonly string[] => {
  if (kind === 'goal') return [field, ...goalFields(field, values)];
  return kind === 'recent' && field === 'title' ? ['title', 'contentId'] : [field];
};
