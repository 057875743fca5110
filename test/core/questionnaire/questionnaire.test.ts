import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { questionnaire } from '../../../contracts/profile/schemas.ts';
import type { QuestionnaireData } from '../../../core/profile/stored-profile.ts';
import { budgetOf } from '../../../core/questionnaire/budget.ts';
import { daysIn } from '../../../core/questionnaire/duration.ts';
import { IMPORTANCE, QUESTIONS } from '../../../core/questionnaire/questions.ts';
import {
  questionnaireEngagement,
  questionnaireParts,
  questionnaireScore,
} from '../../../core/questionnaire/score.ts';

const NOW = Date.UTC(2026, 10, 21);
const SEED = 81;

type Scored = {
  what: string;
  answers: QuestionnaireData;
  score: number;
  parts: [number, number, number];
  engagement: number;
};

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/questionnaire.json', import.meta.url), 'utf8'),
) as {
  budgets: [unknown, number, number, string | null][];
  noBudgets: unknown[];
  durations: [string, number, number][];
  noDurations: string[];
  scores: Scored[];
};

const word = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom('asap', '3 months', '10k', 'documentary', 'yes', 'hands on'),
);
const texts = fc.array(word, { maxLength: 4 });
const longText = fc.oneof(fc.lorem({ maxCount: 40 }), fc.string({ maxLength: 200, unit: 'grapheme' }));
const answers: fc.Arbitrary<QuestionnaireData> = fc.record(
  {
    timeline: word,
    personal_meaning: texts,
    project_for: word,
    format: word,
    materials: texts,
    excited_parts: texts,
    involvement: word,
    start_timing: word,
    budget: fc.oneof(
      word,
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.record({ min: fc.nat() }, { requiredKeys: [] }),
    ),
    logline: longText,
    description: longText,
    want_consult: fc.oneof(fc.boolean(), word),
  },
  { requiredKeys: [] },
);

describe('what an answer says in numbers', () => {
  it.each(vectors.budgets)('budget %j is %d to %d %s', (answer, min, max, currency) => {
    const budget = budgetOf(answer);
    expect(budget?.min).toBeCloseTo(min, 4);
    expect(budget?.max).toBeCloseTo(max, 4);
    expect(budget?.currency ?? null).toBe(currency);
  });

  it.each(vectors.noBudgets)('%j states no budget', (answer) => {
    expect(budgetOf(answer)).toBeUndefined();
  });

  it.each(vectors.durations)('"%s" is %d to %d days', (text, min, max) => {
    const days = daysIn(text, NOW);
    expect(days?.min).toBeCloseTo(min, 4);
    expect(days?.max).toBeCloseTo(max, 4);
  });

  it.each(vectors.noDurations)('"%s" names no time span', (text) => {
    expect(daysIn(text, NOW)).toBeUndefined();
  });

  it('is a range in order, whatever was written', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (text) => {
        for (const range of [budgetOf(text), daysIn(text, NOW)]) {
          if (!range) continue;
          expect(range.min).toBeGreaterThanOrEqual(0);
          expect(range.max).toBeGreaterThanOrEqual(range.min);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('the score of the questionnaire', () => {
  it.each(vectors.scores)('of $what', ({ answers: given, score, parts, engagement }) => {
    const { completeness, clarity, intent } = questionnaireParts(given, NOW);
    expect([completeness, clarity, intent]).toEqual(parts);
    expect(questionnaireScore(given, NOW)).toBe(score);
    expect(questionnaireEngagement(given, NOW)).toBe(engagement);
  });

  it('asks the twelve questions of the contract, whose importance adds up to 1', () => {
    expect([...QUESTIONS].sort()).toEqual(Object.keys(questionnaire.shape).sort());
    expect(Object.values(IMPORTANCE).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
  });

  it('is 0 to 100, and one more answer never lowers it', () => {
    fc.assert(
      fc.property(answers, fc.constantFrom(...QUESTIONS), (given, question) => {
        const { [question]: _, ...fewer } = given;
        const [less, more] = [questionnaireScore(fewer, NOW), questionnaireScore(given, NOW)];
        expect(more).toBeGreaterThanOrEqual(less);
        expect(less).toBeGreaterThanOrEqual(0);
        expect(more).toBeLessThanOrEqual(100);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('is not lowered by more words', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 60 }), fc.lorem({ maxCount: 20 }), (said, more) => {
        const score = (description: string) => questionnaireScore({ description }, NOW);
        expect(score(`${said} ${more}`)).toBeGreaterThanOrEqual(score(said));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('sees through noise and repetition, and reads other scripts', () => {
    const clarity = (description: string) => questionnaireParts({ description }, NOW).clarity;
    const sentence = 'Margaret kept the lighthouse at Avonmouth for forty years. ';
    expect(clarity('xkcdqrst '.repeat(100))).toBe(0);
    expect(clarity('aaaaaaa bbbbbbb '.repeat(50))).toBe(0);
    expect(clarity(sentence.repeat(20))).toBe(clarity(sentence));
    expect(clarity('我们想在布里斯托尔拍摄一位八十四岁的灯塔看守人，她在那里工作了四十年。')).toBeGreaterThan(
      5,
    );
    expect(clarity('Мы хотим снять фильм о смотрительнице маяка в Бристоле.')).toBeGreaterThan(5);
  });

  it('takes no longer for long texts', () => {
    const start = performance.now();
    questionnaireScore({ description: 'word '.repeat(1_000), logline: 'a'.repeat(5_000) }, NOW);
    budgetOf('1 '.repeat(100));
    expect(performance.now() - start).toBeLessThan(200);
  });
});
