import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapedKey, keysOf } from '../../../../core/rules/conditions/paths.ts';
import { pickData } from '../../../../core/rules/conditions/pick-data.ts';
import { readsOf } from '../../../../core/rules/conditions/reads-of.ts';

describe('paths', () => {
  it.each([
    ['user.attributes.plan', ['user', 'attributes', 'plan']],
    ['features.report\\.pdf.count', ['features', 'report.pdf', 'count']],
    ['features.a\\\\.count', ['features', 'a\\', 'count']],
    ['a\\\\\\.b', ['a\\.b']],
  ])('%s', (path, keys) => {
    expect(keysOf(path)).toEqual(keys);
  });

  it('any names make a path and come back', () => {
    const name = fc.stringMatching(/^[a-z.\\ é]{1,6}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (keys) => {
        expect(keysOf(keys.map(escapedKey).join('.'))).toEqual(keys);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('what a condition reads', () => {
  it('is every variable, once, sorted', () => {
    const condition = {
      or: [
        { '>': [{ var: 'session.count' }, { var: ['features.export.count', { var: 'session.minutes' }] }] },
        { missing: ['user.email', 'session.count'] },
        { missing_some: [1, ['user.timezone', 'locale']] },
      ],
    };
    expect(readsOf(condition)).toEqual([
      'features.export.count',
      'locale',
      'session.count',
      'session.minutes',
      'user.email',
      'user.timezone',
    ]);
  });

  it('is not what it reads of the elements of a list', () => {
    const inner = { some: [{ var: 'tags' }, { '==': [{ var: '' }, 'x'] }] };
    expect(readsOf({ some: [{ var: 'user.goals' }, inner] })).toEqual(['user.goals']);
    expect(readsOf({ reduce: [{ var: 'user.goals' }, { var: 'current' }, { var: 'device' }] })).toEqual([
      'device',
      'user.goals',
    ]);
    expect(readsOf(true)).toEqual([]);
  });
});

describe('the data for conditions', () => {
  const values: Record<string, unknown> = {
    'user.attributes': { plan: 'pro', seats: 3 },
    'user.attributes.plan': 'pro',
    'user.churn.risk': 0.4,
    segments: ['power_user'],
  };

  it('hold what is read and known, nothing else', () => {
    const reads = ['device', 'segments', 'user.attributes.plan', 'user.churn.risk'];
    expect(pickData(reads, (path) => values[path])).toEqual({
      segments: ['power_user'],
      user: { attributes: { plan: 'pro' }, churn: { risk: 0.4 } },
    });
  });

  it('a path below one that is read whole comes with that, whose object stays as it is', () => {
    const asked: string[] = [];
    const data = pickData(['user.attributes', 'user.attributes.plan'], (path) => {
      asked.push(path);
      return values[path];
    });
    expect(data).toEqual({ user: { attributes: { plan: 'pro', seats: 3 } } });
    expect(asked).toEqual(['user.attributes']);
    expect(values['user.attributes']).toEqual({ plan: 'pro', seats: 3 });
  });
});
