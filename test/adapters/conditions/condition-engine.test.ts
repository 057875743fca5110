import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import { OPERATORS } from '../../../core/rules/conditions/operators.ts';
import type { Json, RuleData } from '../../../core/rules/types.ts';
import { isTrue, Odd, run } from './json-logic-reference.ts';

type Case = { name: string; condition: Json; data: RuleData; met?: boolean | null; value?: Json };

const vectors: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../vectors/conditions.json', import.meta.url), 'utf8'),
);

const engine = conditionEngine();
const met = (condition: Json, data: RuleData) => engine.compile(condition)(data);

describe('vectors', () => {
  const { cases } = vectors;

  test.each(cases.filter((one) => 'met' in one))('$name', ({ condition, data, met: expected }) => {
    expect(met(condition, data)).toBe(expected ?? undefined);
  });

  test.each(cases.filter((one) => 'value' in one))('$name', ({ condition, data, value }) => {
    const compared: Json = Array.isArray(value)
      ? { '===': [{ cat: [condition] }, value.join(',')] }
      : { '===': [condition, value as Json] };
    expect(met(compared, data)).toBe(true);
  });

  test('every operator is in them', () => {
    const text = JSON.stringify(cases);
    expect(Object.keys(OPERATORS).filter((operator) => !text.includes(`{"${operator}":`))).toEqual([]);
  });
});

describe('against JsonLogic as it is written down', () => {
  const scalar = fc.oneof(
    fc.integer({ min: -3, max: 12 }),
    fc.constantFrom('', '0', '7', 'pro', 'power_user', 'a,b'),
    fc.boolean(),
    fc.constant(null),
  );
  const data = fc.record(
    {
      a: scalar,
      b: scalar,
      c: fc.record({ d: scalar, e: fc.array(scalar, { maxLength: 3 }) }, { requiredKeys: [] }),
      list: fc.array(scalar, { maxLength: 4 }),
      rows: fc.array(fc.record({ d: scalar, e: fc.array(scalar, { maxLength: 2 }) }), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  );
  const path = fc.constantFrom('a', 'b', 'c.d', 'c.e', 'list', 'rows', 'c.x.y', 'd', 'e');
  const many = ['and', 'or', 'cat', 'merge', '+', '*', 'max', 'min', 'if'];
  const two = ['==', '===', '!=', '!==', '<', '<=', '>', '>=', 'in', '/', '%', '-'];
  const asked = ['map', 'filter', 'some', 'all', 'none'];
  const { logic } = fc.letrec<{ logic: Json }>((tie) => {
    const inner = tie('logic');
    const operation = (operators: string[], args: fc.Arbitrary<Json[]>) =>
      fc.tuple(fc.constantFrom(...operators), args).map(([operator, list]): Json => ({ [operator]: list }));
    return {
      logic: fc.oneof(
        { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
        fc.oneof(
          scalar,
          path.map((one): Json => ({ var: one })),
          fc.tuple(path, scalar).map(([one, other]): Json => ({ var: [one, other] })),
          fc.array(path, { minLength: 1, maxLength: 3 }).map((paths): Json => ({ missing: paths })),
          fc
            .tuple(fc.integer({ min: 1, max: 2 }), fc.array(path, { minLength: 1, maxLength: 3 }))
            .map(([needed, paths]): Json => ({ missing_some: [needed, paths] })),
        ),
        operation(['!', '!!', '-', '+'], fc.tuple(inner)),
        operation(two, fc.tuple(inner, inner)),
        operation(['<', '<='], fc.tuple(inner, inner, inner)),
        operation(many, fc.array(inner, { minLength: 2, maxLength: 4 })),
        operation(asked, fc.tuple(inner, inner)),
      ),
    };
  });

  const expected = (condition: Json, seen: RuleData): boolean | undefined => {
    try {
      return isTrue(run(condition, seen));
    } catch (error) {
      if (error instanceof Odd || error instanceof TypeError) return undefined;
      throw error;
    }
  };

  test('a compiled condition says what the reference says', () => {
    fc.assert(
      fc.property(logic, data, (condition, seen) => {
        expect(met(condition, seen)).toBe(expected(condition, seen));
      }),
      { seed: 5, numRuns: 1_500 },
    );
  });
});

describe('hostile conditions and data', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => n);
  const doubling = (operator: string, start: Json): Json => ({
    reduce: [{ var: 'user.list' }, { [operator]: [{ var: 'accumulator' }, { var: 'accumulator' }] }, start],
  });

  test.each([
    ['a text that doubles a hundred times', doubling('cat', 'x')],
    ['a list that doubles a hundred times', doubling('merge', [1])],
    ['a number that grows beyond numbers', doubling('*', 1e300)],
  ])('%s ends as what cannot be computed', (_, condition) => {
    const started = performance.now();
    expect(met(condition, { user: { list: hundred } })).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('operators that are not for conditions do nothing, whatever the library knows', () => {
    for (const operator of [
      'throw',
      'log',
      'method',
      'val',
      'get',
      'keys',
      'pipe',
      'eachKey',
      'toString',
      'constructor',
      '__proto__',
    ]) {
      const condition = JSON.parse(`{"${operator}": ["x"]}`) as Json;
      expect(met(condition, { x: 1 })).toBeUndefined();
    }
  });

  test('texts of conditions are never source', () => {
    const text = ['"; ', "'; ", '`; ', '\u2028', '${'].join('globalThis.polluted = true; //');
    const condition: Json = {
      or: [
        { '==': [{ var: ['a', text] }, text] },
        { in: [text, [text]] },
        { missing: [text] },
        { cat: [text, { var: text }] },
      ],
    };
    expect(met(condition, {})).toBe(true);
    expect('polluted' in globalThis).toBe(false);
  });

  test('objects that misbehave when they are compared are no fault', () => {
    const data = JSON.parse(
      '{"a": {"toString": 1, "valueOf": 2, "constructor": null, "length": -1}}',
    ) as RuleData;
    for (const operator of ['==', '<', 'in', 'cat', '+', 'max', 'substr']) {
      expect([true, false, undefined]).toContain(met({ [operator]: [{ var: 'a' }, 1] }, data));
    }
  });

  test('compiled conditions throw for no data', () => {
    const conditions = vectors.cases.map(({ condition }) => engine.compile(condition));
    const name = fc.constantFrom(
      'a',
      'b',
      'z',
      'champ',
      'integers',
      'pies',
      'rows',
      'temp',
      'segments',
      'user',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue({ maxDepth: 3 })), (data) => {
        for (const condition of conditions) expect([true, false, undefined]).toContain(condition(data));
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});
