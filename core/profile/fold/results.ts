import { type Behaviour, LIMITS, type PaceTally, type ResultTally, type SkillTally } from '../behaviour.ts';
import type { Interaction } from '../types.ts';
import { addDecayed, DAY_MS } from './decay.ts';
import { keepByPriority } from './keep-by-priority.ts';

/** A score from which a result is a pass; that of the Open University, whose results the model was chosen on. */
export const PASS_SCORE = 40;

/** After so long, a result counts half. Chosen on OULAD: docs/learning.md. */
export const RESULT_HALF_LIFE_MS = 60 * DAY_MS;

/** Types that are results whatever they are about, and such as are results where they carry a score and name a topic. */
const TESTS: ReadonlySet<string> = new Set(['assessment', 'quiz', 'exam', 'test']);
const SCORED: ReadonlySet<string> = new Set([
  'answer',
  'submission',
  'submit',
  'complete',
  'completed',
  'fail',
  'failed',
]);
const FAILING: ReadonlySet<string> = new Set(['fail', 'failed']);

const LONGEST_TOPIC = 64;
/** Time taken is looked at between an eighth and eight times of what was expected: beyond it, somebody left the room. */
const MOST_RATIO = 8;

type Counted = Pick<Interaction, 'type' | 'contentType' | 'value' | 'durationMs' | 'context' | 'occurredAt'>;

/** The score (0-100) of one interaction, and its topic where it names one. */
export type LearningResult = { readonly topic?: string; readonly score: number; readonly passed: boolean };

/** A topic as it is counted: one line, lower case, at most 64 characters; empty where it is no text. */
export const topicName = (topic: unknown): string =>
  typeof topic === 'string'
    ? topic.trim().toLowerCase().replaceAll(/\s+/gu, ' ').slice(0, LONGEST_TOPIC).trim()
    : '';

const topicOf = (context: Interaction['context']): string =>
  topicName(context?.topic) || topicName(context?.skill);

/**
 * The result that an interaction is: of type `assessment`, `quiz`, `exam` or `test`, or, where its context names a `topic` (or
 * `skill`), `answer`, `submission`, `submit`, `complete` or `fail`, with a `value` of 0-100. Undefined for everything else, a score
 * beyond that range included. What failed did not pass, whatever its score.
 */
export const resultOf = ({
  type,
  value,
  context,
}: Pick<Counted, 'type' | 'value' | 'context'>): LearningResult | undefined => {
  if (value === undefined || !(value >= 0 && value <= 100)) return undefined;
  const topic = topicOf(context);
  if (!TESTS.has(type) && !(SCORED.has(type) && topic !== '')) return undefined;
  const passed = value >= PASS_SCORE && !FAILING.has(type);
  return { ...(topic !== '' && { topic }), score: value, passed };
};

const thousandths = (x: number): number => Math.round(x * 1000);

/** The tally with one more result; the newest result is the landmark of what is decayed (see `addDecayed`). */
export const countSkill = (
  tally: SkillTally | undefined,
  topic: string,
  result: Pick<LearningResult, 'score' | 'passed'>,
  at: number,
  halfLife = RESULT_HALF_LIFE_MS,
): SkillTally => {
  const [, results, scores, passes, weight, score, landmark] = tally ?? [topic, 0, 0, 0, 0, 0, at];
  const counted = addDecayed({ weight, at: landmark }, { weight: 1, at }, halfLife);
  const scored = addDecayed({ weight: score, at: landmark }, { weight: result.score / 100, at }, halfLife);
  return [
    topic,
    results + 1,
    scores + thousandths(result.score),
    passes + (result.passed ? 1 : 0),
    counted.weight,
    scored.weight,
    counted.at,
  ];
};

type Learning = Pick<Behaviour, 'skills' | 'results' | 'pace'>;

const replaced = <T extends [string, ...unknown[]]>(tallies: readonly T[] | undefined, tally: T): T[] => [
  ...(tallies ?? []).filter(([name]) => name !== tally[0]),
  tally,
];

/** Time taken to time expected (`context.expectedMs`), where both are known. */
const countPace = (
  pace: PaceTally | undefined,
  { durationMs = 0, context }: Counted,
): PaceTally | undefined => {
  const expected = context?.expectedMs;
  if (typeof expected !== 'number' || !(expected > 0) || !(durationMs > 0)) return pace;
  const ratio = Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, durationMs / expected));
  const [count, sum] = pace ?? [0, 0];
  return [count + 1, sum + thousandths(Math.log(ratio)) + 0];
};

/** Counts what an interaction tells about a learner, in place; nothing of most. */
export const countResult = (draft: Learning, interaction: Counted): void => {
  const pace = countPace(draft.pace, interaction);
  if (pace !== undefined) draft.pace = pace;
  const result = resultOf(interaction);
  if (result === undefined) return;
  const kind = interaction.contentType ?? interaction.type;
  const [, results, passes] = draft.results?.find(([name]) => name === kind) ?? [kind, 0, 0];
  draft.results = replaced<ResultTally>(draft.results, [kind, results + 1, passes + (result.passed ? 1 : 0)]);
  if (result.topic === undefined) return;
  const tally = draft.skills?.find(([topic]) => topic === result.topic);
  draft.skills = replaced<SkillTally>(
    draft.skills,
    countSkill(tally, result.topic, result, interaction.occurredAt),
  );
};

/** What is kept of it; absent parts stay absent. */
export const keepLearning = ({ skills, results }: Learning): Learning => ({
  ...(skills && { skills: keepByPriority([...skills], LIMITS.skills) }),
  ...(results && { results: keepByPriority([...results], LIMITS.results) }),
});
