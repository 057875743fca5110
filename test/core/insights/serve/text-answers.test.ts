import { describe, expect, it } from '@jest/globals';
import { factViews } from '../../../../core/insights/serve/fact-views.ts';
import { wholeText } from '../../../../core/insights/serve/text-answers.ts';
import type { TextChoice } from '../../../../core/insights/serve/text-choice.ts';
import { aFact } from '../../../support/insights.ts';
import { NOON } from '../../../support/interactions.ts';

describe('a text whose place shows no titles', () => {
  it.each([
    [
      'A tool you rely on: email',
      'You have used it 6 times.',
      'A tool you rely on: email. You have used it 6 times.',
    ],
    ['Is it still on your mind?', 'Write to us.', 'Is it still on your mind? Write to us.'],
    ['4 days in a row', 'You have worked here 4 days in a row.', 'You have worked here 4 days in a row.'],
    ['', 'Claims have none.', 'Claims have none.'],
  ])('"%s" and "%s" are one', (title, text, whole) => {
    expect(wholeText({ title, text })).toBe(whole);
  });
});

describe('facts of an answer', () => {
  const now = [
    aFact('goal1', 'goal', {}, 'Goal: 4 of 9'),
    aFact('feature1', 'feature', {}, 'Used 13 times'),
    aFact('churn1', 'churn', {}, 'Risk 2 %'),
  ];
  const says = { goal1: 'Goal: 3 of 9', feature1: 'Used 12 times', churn1: 'Risk 1 %' };
  const choice: TextChoice<'insights'> = {
    by: 'model',
    isSo: () => true,
    idNow: (id) => id,
    text: {
      state: 'written',
      hash: 'h',
      answer: { behaviour: [], predictions: [], advice: [], priorityActions: [], marketInsights: [] },
      says,
      means: {},
      stated: '',
      writtenAt: NOON,
      expiresAt: NOON + 1,
      model: 'm',
      tokens: { input: 1, output: 1 },
    },
  };
  const cites = (...facts: string[]) => [{ facts }];
  const saysIn = (views: readonly { says: string }[]) => views.map(({ says: sentence }) => sentence);

  it('are those of the time of the text that rests on them', () => {
    const views = factViews(now, choice, { byModel: cites('goal1'), others: cites('feature1') });
    expect(saysIn(views)).toEqual(['Goal: 3 of 9', 'Used 13 times', 'Risk 2 %']);
  });

  it('are there twice where a text of the model and one of rules rest on them and they moved', () => {
    const views = factViews(now, choice, { byModel: cites('goal1'), others: cites('goal1') });
    expect(saysIn(views)).toEqual(['Goal: 3 of 9', 'Goal: 4 of 9', 'Used 13 times', 'Risk 2 %']);
  });

  it('are those of now where rules write', () => {
    const byRules = { by: 'rules', because: 'switched off', wanted: false } as const;
    expect(saysIn(factViews(now, byRules, { byModel: [], others: cites('goal1') }))).toEqual(
      now.map((fact) => fact.says),
    );
  });
});
