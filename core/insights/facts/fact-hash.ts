import type { Fact, FactKind } from './types.ts';

/** How the value of a field is taken into the hash. */
type Step = 'exactly' | 'count' | 'days' | 'percent' | 'sum';

/** Ends of steps of counts: Fibonacci numbers, each about 1.6 times the one before. */
const COUNTS = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987];
const DAYS = [0, 1, 3, 7, 14, 30, 60, 90, 180, 365];

const stepIn = (steps: readonly number[], value: number): number =>
  steps.reduce((found, from) => (value >= from ? from : found), 0);

/** Beyond the ends of the list, steps go on by halves of a power of two. */
const countStep = (value: number): number =>
  value <= COUNTS[COUNTS.length - 1]! ? stepIn(COUNTS, value) : Math.floor(2 * Math.log2(value));

const quantised: Readonly<Record<Step, (value: string | number) => string | number>> = {
  exactly: (value) => value,
  count: (value) => countStep(Number(value)),
  days: (value) => stepIn(DAYS, Number(value)),
  percent: (value) => Math.round(Number(value) / 10),
  sum: (value) => Math.round(2 * Math.log2(1 + Math.max(0, Number(value)))),
};

/** What of each kind is in the hash. Kinds that are not named here are not. */
const HASHED: Readonly<Partial<Record<FactKind, Readonly<Record<string, Step>>>>> = {
  goal: {
    title: 'exactly',
    term: 'exactly',
    pace: 'exactly',
    metric: 'exactly',
    target: 'exactly',
    due: 'exactly',
    percent: 'percent',
    daysLeft: 'days',
  },
  focus: { focus: 'exactly', items: 'count', fresh: 'count' },
  trend: { contentId: 'exactly', near: 'exactly' },
  interest: { interest: 'exactly' },
  feature: { feature: 'exactly', use: 'exactly', uses: 'count' },
  content: { contentType: 'exactly', liking: 'exactly', percent: 'percent' },
  unfinished: { contentId: 'exactly' },
  answers: { state: 'exactly', percent: 'percent' },
  activity: { trend: 'exactly' },
  churn: { risk: 'exactly', factor: 'exactly' },
  value: { expected: 'sum' },
  standing: { level: 'exactly' },
  segment: { segment: 'exactly' },
  streak: { days: 'count' },
  skill: { topic: 'exactly', state: 'exactly', percent: 'percent' },
  device: { device: 'exactly' },
  unknown: {},
};

const lineOf = ({ kind, names, words, numbers, dates }: Fact): string | undefined => {
  const fields = HASHED[kind];
  const isFarTrend = kind === 'trend' && words.near === 'no';
  if (!fields || isFarTrend) return undefined;
  const values = { ...names, ...words, ...numbers, ...dates };
  return JSON.stringify([
    kind,
    ...Object.entries(fields).map(([field, step]) => {
      const value = values[field];
      return value === undefined ? null : quantised[step](value);
    }),
  ]);
};

/** Final mixing of MurmurHash3 (Austin Appleby, public domain). */
const mix = (hash: number): number => {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** A fact of a kind that is not in the hash: its names and words, and no numbers. */
const otherLineOf = ({ kind, names, words }: Fact): string => JSON.stringify([kind, names, words]);

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** 64 bits of a text as 16 hex digits: two multiplicative hashes, mixed with each other. For telling apart, not for security. */
const hashOf = (text: string): string => {
  let [low, high] = [0x9e3779b9, 0x7f4a7c15];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul((high << 5) ^ (high >>> 27) ^ unit, 0x27d4eb2d);
  }
  return hex(mix(low ^ (high >>> 15))) + hex(mix(high ^ low));
};

/**
 * 16 hex digits of what the facts mean, whatever their order. In it are, exactly: names, paces, other words, targets, due dates, and the
 * ids of trends about the user's focus or interests; in steps: counts (0, 1, 2, 3, 5, 8, 13, ...), percents (of 10), days left (0, 1, 3,
 * 7, 14, 30, ...), money (by 1.4 times).
 *
 * A text that is kept while the hash stays may therefore be behind in: counts of interactions, sessions and uses of a feature; how
 * far a goal is and other percents, by up to a tenth; days left and days since (a text of yesterday says 6 where 5 are left); what was
 * done last, what is repeated, what comes next and the busiest hour; whether today counts for the streak already; what rises among all
 * users without being about this one's focus or interests. Paces, titles, targets, dates, what is unfinished and the word for the risk are
 * always as they are.
 */
export const factHash = (facts: readonly Fact[]): string =>
  hashOf(
    facts
      .map(lineOf)
      .filter((line) => line !== undefined)
      .sort()
      .join('\n'),
  );

/** Said by the user, and so for good. */
const NEVER_PASSES: ReadonlySet<FactKind> = new Set(['feedback']);

/**
 * What one fact means, as 8 hex digits: numbers in the steps of `factHash`. A text that cites it is still so while a fact of this meaning
 * is known. Empty for what does not pass.
 */
export const factMeaning = (fact: Fact): string =>
  NEVER_PASSES.has(fact.kind) ? '' : hashOf(lineOf(fact) ?? otherLineOf(fact)).slice(0, 8);

/** What the user says of themselves, and by which fields it is the same. */
const STATED: Readonly<Partial<Record<FactKind, readonly string[]>>> = {
  focus: ['focus'],
  interest: ['interest'],
  goal: ['title', 'metric', 'target', 'due'],
  answers: ['state'],
};

/** 8 hex digits of what the user said of themselves: focus, interests, goals, answers of a questionnaire. A text that was written before they said it is written anew. */
export const statedHash = (facts: readonly Fact[]): string =>
  hashOf(
    facts
      .flatMap(({ kind, names, words, numbers, dates }) => {
        const values: Readonly<Record<string, unknown>> = { ...names, ...words, ...numbers, ...dates };
        const fields = STATED[kind];
        return fields ? [JSON.stringify([kind, ...fields.map((field) => values[field] ?? null)])] : [];
      })
      .sort()
      .join('\n'),
  ).slice(0, 8);
