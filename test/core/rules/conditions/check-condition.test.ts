import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONDITION_LIMITS, conditionFaults } from '../../../../core/rules/conditions/check-condition.ts';
import { OPERATORS } from '../../../../core/rules/conditions/operators.ts';
import { EXPERIMENT_VARIABLES } from '../../../../core/rules/conditions/variables.ts';

type Case = { name: string; condition: unknown };
const vectors: { good: Case[]; bad: (Case & { faults: { path: string; message: string }[] })[] } = JSON.parse(
  readFileSync(new URL('../../../vectors/condition-faults.json', import.meta.url), 'utf8'),
);

const faultsOf = (condition: unknown) => conditionFaults(condition, 'condition');
const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let condition: unknown = { var: 'device' };
  for (let level = 0; level < levels; level++) condition = wrap(condition);
  return condition;
};

describe('faults of conditions', () => {
  it.each(vectors.good)('none: $name', ({ condition }) => {
    expect(faultsOf(condition)).toEqual([]);
  });

  it.each(vectors.bad)('$name', ({ condition, faults }) => {
    const found = faultsOf(condition);
    expect(found.map(({ path }) => path)).toEqual(faults.map(({ path }) => path));
    for (const [n, { message }] of faults.entries()) expect(found[n]!.message).toContain(message);
  });

  it('an unknown operator is told which there are', () => {
    const message = faultsOf({ regex: ['(a+)+$', { var: 'user.email' }] })[0]!.message;
    for (const operator of Object.keys(OPERATORS)) expect(message).toContain(operator);
  });

  it('conditions of experiments do not read arms', () => {
    const condition = { '==': [{ var: 'experiments.checkout' }, 'b'] };
    expect(faultsOf(condition)).toEqual([]);
    expect(conditionFaults(condition, 'condition', { variables: EXPERIMENT_VARIABLES })).toEqual([
      { path: 'condition.==.0.var', message: expect.stringContaining('is not a variable') },
    ]);
  });
});

describe('hostile conditions', () => {
  it.each([
    ['negations', (inner: unknown) => ({ '!': [inner] })],
    ['negations without lists', (inner: unknown) => ({ '!': inner })],
    ['lists', (inner: unknown) => [inner]],
    ['unknown operators', (inner: unknown) => ({ x: [inner] })],
  ])('1,000 and 100,000 levels of %s end with one row', (_, wrap) => {
    for (const levels of [1_000, 100_000]) {
      const faults = faultsOf({ and: [nested(levels, wrap)] });
      expect(faults).toHaveLength(1);
      expect(faults[0]!.path.length).toBeLessThan(100);
    }
  });

  it('the deepest allowed is allowed', () => {
    expect(faultsOf(nested(CONDITION_LIMITS.depth - 1, (inner) => ({ '!': [inner] })))).toEqual([]);
    expect(faultsOf(nested(CONDITION_LIMITS.depth, (inner) => ({ '!': [inner] })))).toHaveLength(1);
  });

  it.each([
    ['a million constants', { in: [1, Array.from({ length: 1e6 }, () => 1)] }, 'operators and constants'],
    ['501 alternatives', { or: Array.from({ length: 501 }, () => true) }, 'operators and constants'],
    ['a text of a megabyte', { '==': [{ var: 'device' }, 'x'.repeat(1e6)] }, 'characters of JSON'],
    ['an operator of a megabyte', { ['x'.repeat(1e6)]: [1] }, 'is not an operator'],
    ['a path of a megabyte', { var: `user.${'x'.repeat(1e6)}` }, 'at most 200 characters'],
    [
      'lists within lists within lists',
      { some: [{ var: 'user.goals' }, nested(2, (inner) => ({ some: [{ var: '' }, inner] }))] },
      'lists within lists',
    ],
  ])('%s', (_, condition, message) => {
    const faults = faultsOf(condition);
    expect(faults).toHaveLength(1);
    expect(faults[0]!.message).toContain(message);
    expect(JSON.stringify(faults).length).toBeLessThan(1_000);
  });

  it('tells at most twenty faults', () => {
    expect(faultsOf({ and: Array.from({ length: 300 }, () => ({ x: [] })) })).toHaveLength(20);
  });

  it('any JSON gets an answer', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (condition) => {
        for (const { path, message } of faultsOf(condition)) {
          expect(path.startsWith('condition')).toBe(true);
          expect(message).not.toBe('');
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
