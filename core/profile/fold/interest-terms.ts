import { learnedTerms } from '../change/learned-preferences.ts';
import type { StoredProfile } from '../stored-profile.ts';

/** Keys of attributes and preferences whose words say what somebody is interested in. */
const INTEREST_KEYS = [
  'interests',
  'topics',
  'categories',
  'category',
  'genres',
  'genre',
  'skills',
  'tags',
  'styles',
  'visualStyle',
  'industry',
  'role',
  'propertyTypes',
  'locations',
] as const;

/** Questionnaire answers that people write as sentences. */
const SENTENCE_KEYS = ['logline', 'description'] as const;

/** Questionnaire answers in the user's own words, and those that name kinds of work. */
const QUESTIONNAIRE_KEYS = [
  'format',
  'project_for',
  'personal_meaning',
  'materials',
  'excited_parts',
  ...SENTENCE_KEYS,
] as const;

const MOST_TERMS = 60;
const LONGEST_TERM = 500;

const textsIn = (value: unknown): string[] => {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((text) => typeof text === 'string');
};

const textsOf = (record: object, keys: readonly string[]): string[] =>
  keys.flatMap((key) =>
    Object.hasOwn(record, key) ? textsIn((record as Record<string, unknown>)[key]) : [],
  );

const termOf = (text: string): string => text.trim().slice(0, LONGEST_TERM);

/** The terms of `interestTerms` that are sentences about the user's project: they match contents but are no names of interests. */
export const questionnaireSentences = ({
  questionnaire,
}: Pick<StoredProfile, 'questionnaire'>): ReadonlySet<string> =>
  new Set(textsOf(questionnaire?.data ?? {}, SENTENCE_KEYS).map(termOf));

/**
 * Words for content matching, most telling first: stated interests, learning objectives, careers, market focus, goals,
 * preferences and what was learned of them, the questionnaire, attributes. Each once (whatever its case), 60 at most.
 */
export const interestTerms = (profile: StoredProfile): string[] => {
  const { learner } = profile;
  const texts = [
    ...(learner?.interests ?? []),
    ...(learner?.learningObjectives ?? []),
    ...(learner?.careerGoals ?? []),
    ...profile.marketFocus,
    ...profile.goals.map((goal) => goal.title),
    ...textsOf(profile.preferences, INTEREST_KEYS),
    ...learnedTerms(profile.preferences),
    ...textsOf(profile.questionnaire?.data ?? {}, QUESTIONNAIRE_KEYS),
    ...textsOf(profile.attributes, INTEREST_KEYS),
  ];
  const distinct = new Map<string, string>();
  for (const text of texts) {
    const term = termOf(text);
    if (term !== '' && !distinct.has(term.toLowerCase())) distinct.set(term.toLowerCase(), term);
  }
  return [...distinct.values()].slice(0, MOST_TERMS);
};
