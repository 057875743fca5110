import { describe, expect, it } from '@jest/globals';
import { predictionsOf } from '../../../../core/insights/serve/predictions.ts';
import type { ShownText } from '../../../../core/insights/serve/shown-texts.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { newProfile } from '../../../../core/profile/stored-profile.ts';
import { aFact, aSheet } from '../../../support/insights.ts';
import { NOON } from '../../../support/interactions.ts';

const facts = [
  aFact('goal1', 'goal', { title: 'Publish', percent: 60 }, 'Publish: 60 %'),
  aFact('goal2', 'goal', { title: 'Sell' }, 'Sell: not measured'),
  aFact('churn1', 'churn', { risk: 'low', percent: 12 }, 'Risk: 12 %'),
  aFact('next1', 'next', { action: 'open', percent: 40 }, 'Next: open, 40 %'),
  aFact('next2', 'next', { action: 'close', percent: 20 }, 'Next: close, 20 %'),
];
const told = (text: string, ids: string[]): ShownText => ({
  section: 'predictions',
  title: '',
  text,
  priority: 'medium',
  facts: ids,
  reason: 'because',
});
const predict = (texts: ShownText[], personalised = true) =>
  predictionsOf(
    {
      personalised,
      ai: true,
      profile: newProfile('ada', NOON),
      behaviour: emptyBehaviour(),
      sheet: aSheet(facts),
      dismissed: [],
      done: [],
    },
    texts,
    { models: undefined, now: NOON },
  );

describe('predictions', () => {
  it('take their words from the text that rests on the fact, their numbers from the engine', () => {
    const [churn, next, goal, other] = predict([
      told('You stay.', ['churn1']),
      told('Both go well.', ['goal1', 'goal2']),
    ]);
    expect(churn).toMatchObject({ name: 'churn', text: 'You stay.', method: 'rule', facts: ['churn1'] });
    expect(churn?.value).toEqual(expect.any(Number));
    expect(churn?.factors.length).toBeGreaterThan(0);
    expect(next).toMatchObject({ name: 'nextActions', text: 'Next: open, 40 %', value: 0.4 });
    expect(goal).toMatchObject({
      name: 'goals',
      text: 'Both go well.',
      value: 0.6,
      facts: ['goal1', 'goal2'],
    });
    expect(other).toMatchObject({ name: 'goals', text: 'Sell: not measured', value: null, facts: ['goal2'] });
  });

  it('are none about a user who does not allow personalisation', () => {
    expect(predict([], false)).toEqual([]);
  });
});
