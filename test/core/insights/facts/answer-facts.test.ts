import { describe, expect, it } from '@jest/globals';
import { statedHash } from '../../../../core/insights/facts/fact-hash.ts';
import { factSheet } from '../../../../core/insights/facts/fact-sheet.ts';
import type { QuestionnaireData } from '../../../../core/profile/stored-profile.ts';
import { domain, fold, interaction, known, NOW, ofKind, profileOf } from './facts-world.ts';

const all: QuestionnaireData = {
  timeline: '3 months',
  personal_meaning: ['family'],
  project_for: 'my grandmother',
  format: 'documentary',
  materials: ['letters'],
  excited_parts: ['editing'],
  involvement: 'some',
  start_timing: 'this year',
  budget: 9_000,
  logline: 'A baker looks back.',
  description: 'Four generations, one bakery.',
  want_consult: false,
};
const { want_consult: _consult, ...eleven } = all;

const answered = (data: QuestionnaireData, score = 62) =>
  profileOf({ questionnaire: { data, score, answeredAt: NOW } });
const sheetOf = (data: QuestionnaireData, score?: number) =>
  factSheet(known({ profile: answered(data, score) }), domain);

describe('answers of the questionnaire', () => {
  it.each([
    ['complete', all, 'All questions of the questionnaire are answered (score 62 %)'],
    ['some', eleven, 'Some questions of the questionnaire are answered (score 62 %)'],
    ['none', { logline: ' ', materials: [] }, 'No question of the questionnaire is answered (score 62 %)'],
  ])('are %s', (state, data, says) => {
    expect(ofKind(sheetOf(data).facts, 'answers')).toEqual([
      {
        id: 'answers1',
        kind: 'answers',
        says,
        names: {},
        words: { state },
        numbers: { percent: 62 },
        dates: {},
      },
    ]);
  });

  it('are no fact about users without a questionnaire, with or without interactions', () => {
    const behaviour = fold(interaction({}));
    expect(ofKind(factSheet(known(), domain).facts, 'answers')).toEqual([]);
    expect(ofKind(factSheet(known({ behaviour }), domain).facts, 'answers')).toEqual([]);
    const both = known({ behaviour, profile: answered(all) });
    expect(ofKind(factSheet(both, domain).facts, 'answers')).toHaveLength(1);
  });

  it('change the hash by their state and by steps of their score, and what was stated by their state', () => {
    expect(sheetOf(all).hash).toBe(sheetOf(all, 63).hash);
    expect(sheetOf(all).hash).not.toBe(sheetOf(all, 88).hash);
    expect(sheetOf(all).hash).not.toBe(sheetOf(eleven).hash);
    expect(statedHash(sheetOf(all).facts)).toBe(statedHash(sheetOf(all, 88).facts));
    expect(statedHash(sheetOf(all).facts)).not.toBe(statedHash(sheetOf(eleven).facts));
  });
});
