import { describe, expect, it } from '@jest/globals';
import { leafWords, seenText } from '../../../../core/rules/explain/leaf-words.ts';
import type { Json } from '../../../../core/rules/types.ts';

const engaged: Json = { var: 'user.engagementLevel' };
const plan: Json = { var: 'user.attributes.plan' };

describe('comparisons in words', () => {
  it.each<[string, Json, string, string]>([
    ['at least', { '>=': [engaged, 4] }, 'engagement level at least 4', 'engagement level not at least 4'],
    ['the constant first', { '<': [4, engaged] }, 'engagement level above 4', 'engagement level not above 4'],
    ['between', { '<=': [9, { var: 'now.hour' }, 17] }, 'hour between 9 and 17', 'hour not between 9 and 17'],
    ['equality', { '==': ['pro', plan] }, 'plan is pro', 'plan is not pro'],
    ['inequality', { '!==': [plan, 'free'] }, 'plan is not free', 'plan is free'],
    [
      'a segment',
      { in: ['power_user', { var: 'segments' }] },
      'segment power_user',
      'not segment power_user',
    ],
    [
      'a list of the user',
      { in: ['film', { var: 'user.marketFocus' }] },
      'market focus contains film',
      'market focus does not contain film',
    ],
    [
      'one of a list',
      { in: [plan, ['pro', 'team']] },
      'plan is one of pro, team',
      'plan is not one of pro, team',
    ],
    [
      'a part of a text',
      { in: [{ var: 'locale' }, 'nl-NL nl-BE'] },
      'locale is part of nl-NL nl-BE',
      'locale is not part of nl-NL nl-BE',
    ],
    ['a variable alone', { var: 'user.attributes.isBeta' }, 'is beta is set', 'is beta is not set'],
    [
      'a feature',
      { '>': [{ var: 'features.report\\.pdf.count' }, 2] },
      'uses of report.pdf above 2',
      'uses of report.pdf not above 2',
    ],
    [
      'an arm',
      { '==': [{ var: 'experiments.checkout' }, 'b'] },
      'arm of checkout is b',
      'arm of checkout is not b',
    ],
    [
      'missing',
      { missing: ['user.email', 'user.timezone'] },
      'email or timezone missing',
      'email or timezone known',
    ],
    ['nothing', true, 'always', 'never'],
    [
      'anything else',
      { '>': [{ '+': [{ var: 'session.count' }, 1] }, 3] },
      'sessions fits {">":[{"+":[{"var":"session.count"},1]},3]}',
      'sessions not fits {">":[{"+":[{"var":"session.count"},1]},3]}',
    ],
  ])('%s', (_, logic, text, negated) => {
    expect(leafWords(logic, false).text).toBe(text);
    expect(leafWords(logic, true).text).toBe(negated);
  });

  it.each<[Json, unknown, boolean, string]>([
    [{ '>=': [engaged, 4] }, 5, true, 'engagement level 5 (at least 4)'],
    [{ '==': [plan, 'pro'] }, 'pro', true, 'plan is pro'],
    [{ '==': [plan, 'pro'] }, undefined, false, 'plan unknown (is pro)'],
    [
      { in: ['x', { var: 'segments' }] },
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      false,
      'segments a, b, c, d, e and 2 more (segment x)',
    ],
    [{ '==': [1, 2] }, undefined, false, 'condition fits {"==":[1,2]}'],
    [false, undefined, false, 'never'],
    [{ var: 'user.attributes.team' }, { size: 3 }, true, 'team an object (is set)'],
    [{ '!=': [plan, 'x'] }, 'y'.repeat(100), true, `plan ${'y'.repeat(40)}… (is not x)`],
  ])('%j of %j', (logic, value, passed, text) => {
    expect(seenText(leafWords(logic, false), value, passed)).toBe(text);
  });
});
