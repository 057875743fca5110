import { describe, expect, it } from '@jest/globals';
import { segmentsNamed } from '../../../../core/rules/conditions/segments-named.ts';

const segments = { var: 'segments' };

const CASES: readonly (readonly [what: string, condition: unknown, names: readonly string[]])[] = [
  ['nothing', true, []],
  ['one beside the segments', { in: ['power_user', segments] }, ['power_user']],
  ['with a default', { in: ['power_user', { var: ['segments', []] }] }, ['power_user']],
  [
    'below other operators',
    { '!': [{ or: [{ in: ['a', segments] }, { in: ['b', segments] }] }] },
    ['a', 'b'],
  ],
  ['an element compared', { some: [segments, { '==': [{ var: '' }, 'a'] }] }, ['a']],
  ['an element in a list', { some: [segments, { in: [{ var: '' }, ['a', 'b']] }] }, ['a', 'b']],
  ['a confidence', { '>': [{ var: 'confidence.power_user' }, 0.5] }, ['power_user']],
  ['a confidence that is missing', { missing: ['confidence.a', 'user.email'] }, ['a']],
  ['a name with a dot', { var: 'confidence.a\\.b' }, ['a.b']],
  ['texts elsewhere', { and: [{ '==': [{ var: 'device' }, 'mobile'] }, { in: ['x', ['x', 'y']] }] }, []],
  ['a text in the same list as others', { and: [{ in: ['a', segments] }, { in: ['b', 'abc'] }] }, ['a']],
];

describe('the segments that a condition names', () => {
  it.each(CASES)('%s', (_, condition, names) => {
    expect(segmentsNamed(condition)).toEqual(names);
  });
});
