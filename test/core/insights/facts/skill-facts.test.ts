import { describe, expect, it } from '@jest/globals';
import { factSheet } from '../../../../core/insights/facts/fact-sheet.ts';
import { DAY, domain, fold, HOUR, known, ofKind, series } from './facts-world.ts';

const results = (topic: string, value: number, count = 4) =>
  series(count, { type: 'quiz', value, context: { topic }, every: HOUR });

const skillsOf = (...history: ReturnType<typeof results>[]) =>
  ofKind(factSheet(known({ behaviour: fold(...history.flat()) }), domain).facts, 'skill');

describe('skills', () => {
  it('are weak, growing or mastered, with what they rest on', () => {
    const facts = skillsOf(results('optics', 30), results('algebra', 100), results('sql', 70));
    expect(facts.map(({ id, names, words, numbers }) => [id, names.topic, words.state, numbers])).toEqual([
      ['skill1', 'optics', 'weak', { percent: 34, results: 4 }],
      ['skill2', 'sql', 'growing', { percent: 66, results: 4 }],
      ['skill3', 'algebra', 'mastered', { percent: 90, results: 4 }],
    ]);
    expect(facts[0]?.says).toBe('Weak at "optics": mastery of 34 % from 4 results');
  });

  it('are two of each, the weakest and the best first', () => {
    const weak = [40, 10, 30, 20].map((score) => results(`at ${score}`, score));
    expect(skillsOf(...weak).map(({ names }) => names.topic)).toEqual(['at 10', 'at 20']);
  });

  it('need two results, and are not told of users without any', () => {
    expect(skillsOf(results('optics', 30, 1), series(9, { every: DAY }))).toEqual([]);
  });
});
