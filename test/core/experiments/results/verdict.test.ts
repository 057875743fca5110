import { describe, expect, test } from '@jest/globals';
import type { Metric } from '../../../../core/experiments/types.ts';
import { bodyOf, converted, countsOf, ENDED, evaluate, revenue, signup, spread } from './support.ts';

const two = (users: number, a: number, b: number) =>
  countsOf([users, { signup: converted(a) }], [users, { signup: converted(b) }]);
const latency: Metric = { name: 'latency', type: 'duration', goal: 'decrease', guardrail: true };

describe('while it runs', () => {
  test('an arm that is better at any time wins, and the sentence has its figures', () => {
    const { verdict, winner, recommendation } = evaluate(bodyOf([signup]), two(5_000, 500, 700));
    expect({ verdict, winner }).toEqual({ verdict: 'winner', winner: 'b' });
    expect(recommendation).toMatch(
      /^Ship b: "signup" of b is 40 % above the control \(14 % against 10 %; 95 % interval of the difference 0\.0\d+ to 0\.0\d+, p < 0\.0001 valid at any time\)$/,
    );
  });

  test('what only the fixed horizon calls significant is no winner yet', () => {
    const { verdict, winner, metrics, recommendation } = evaluate(bodyOf([signup]), two(5_000, 500, 565));
    expect(metrics[0]!.arms[1]!.comparison!.pValue).toBeLessThan(0.05);
    expect({ verdict, winner }).toEqual({ verdict: 'keep running', winner: null });
    expect(recommendation).toMatch(/^No arm is surely better yet: .*; a difference of .* % would be found/);
  });

  test('the control wins where every other arm is worse, and not before', () => {
    const arms = (c: number) =>
      countsOf(
        [5_000, { signup: converted(700) }],
        [5_000, { signup: converted(500) }],
        [5_000, { signup: converted(c) }],
      );
    const body = bodyOf([signup], {}, ['a', 'b', 'c']);
    expect(evaluate(body, arms(480))).toMatchObject({ verdict: 'winner', winner: 'a' });
    expect(evaluate(body, arms(690))).toMatchObject({ verdict: 'keep running', winner: null });
    expect(evaluate(body, arms(950))).toMatchObject({ verdict: 'winner', winner: 'c' });
  });

  test('below 100 users in an arm nothing is sure', () => {
    expect(evaluate(bodyOf([signup]), two(99, 0, 99))).toMatchObject({
      verdict: 'keep running',
      recommendation: 'Too early to judge: 100 users are needed in every arm, and there are a 99, b 99',
    });
    expect(evaluate(bodyOf([signup]), two(100, 0, 100)).verdict).toBe('winner');
  });

  test('many comparisons have to be surer than one', () => {
    const users = 3_000;
    const arm = (count: number) => [users, { signup: converted(count) }] as [number, never];
    const alone = evaluate(bodyOf([signup]), countsOf(arm(300), arm(386)));
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const many = evaluate(
      bodyOf([signup], {}, keys),
      countsOf(arm(300), arm(386), arm(301), arm(299), arm(300), arm(300)),
    );
    const { sequential } = many.metrics[0]!.arms[1]!.comparison!;
    expect(sequential.pValue).toBeLessThan(0.05);
    expect(sequential.pValue).toBeGreaterThan(0.01);
    expect([alone.verdict, many.verdict]).toEqual(['winner', 'keep running']);
  });

  test('arms within a hundredth of the control are equal: no difference', () => {
    const arms = (a: number, b: number) =>
      countsOf([1e6, { revenue: spread(1e6, a, 1) }], [1e6, { revenue: spread(1e6, b, 1) }]);
    expect(evaluate(bodyOf([revenue]), arms(2, 2.0005))).toMatchObject({
      verdict: 'no difference',
      recommendation: expect.stringMatching(/^Every arm is within 1 % of the control/),
    });
    expect(evaluate(bodyOf([revenue]), arms(0.2, 0.2)).verdict).toBe('keep running');
  });

  test('drafts, and what starts tomorrow, keep running', () => {
    const counts = two(5_000, 500, 700);
    for (const given of [{ status: 'draft' }, { startDate: '2026-11-21T00:00:00Z' }] as const) {
      expect(evaluate(bodyOf([signup], given), counts)).toMatchObject({
        verdict: 'keep running',
        recommendation: 'The experiment has not begun',
      });
    }
  });

  test('without a goal nothing is judged', () => {
    expect(evaluate(bodyOf([]), two(500, 1, 1)).verdict).toBe('keep running');
    expect(evaluate(bodyOf([{ ...signup, guardrail: true }]), two(500, 1, 1)).recommendation).toBe(
      'The experiment has no goal to judge it by',
    );
  });
});

describe('at the end', () => {
  test('the fixed horizon decides: an effect that the sequential test misses', () => {
    const body = bodyOf([signup], { endDate: ENDED });
    expect(evaluate(body, two(5_000, 500, 565))).toMatchObject({ verdict: 'winner', winner: 'b' });
  });

  test('an end that was moved after the begin is no planned end: sequential', () => {
    const body = bodyOf([signup], { endDate: ENDED, endMoved: true });
    expect(evaluate(body, two(5_000, 500, 565))).toMatchObject({ verdict: 'no difference', winner: null });
    expect(evaluate(body, two(5_000, 500, 700))).toMatchObject({ verdict: 'winner', winner: 'b' });
  });

  test('who is completed before it, or without a planned end, was perhaps looked at often: sequential', () => {
    const body = bodyOf([signup], { status: 'completed' });
    expect(evaluate(body, two(5_000, 500, 565))).toMatchObject({ verdict: 'no difference', winner: null });
    expect(evaluate(body, two(5_000, 500, 700))).toMatchObject({ verdict: 'winner', winner: 'b' });
  });

  test('metrics share the level: one of twenty at p = .03 is none', () => {
    const metrics = Array.from({ length: 20 }, (_, k): Metric => ({ ...signup, name: `m${k}` }));
    const counts = (best: number) =>
      countsOf(
        [5_000, Object.fromEntries(metrics.map(({ name }) => [name, converted(500)]))],
        [
          5_000,
          Object.fromEntries(metrics.map(({ name }, k) => [name, converted(k === 7 ? best : 500 + (k % 3))])),
        ],
      );
    const body = bodyOf(metrics, { endDate: ENDED });
    const one = evaluate(body, counts(567));
    expect(one.metrics[7]!.arms[1]!.comparison!.pValue).toBeLessThan(0.05);
    expect(one).toMatchObject({ verdict: 'no difference', winner: null });
    expect(evaluate(body, counts(650))).toMatchObject({ verdict: 'winner', winner: 'b' });
  });

  test('no effect, too few users, no users, no goal: no difference, and each says why', () => {
    const body = bodyOf([signup], { endDate: ENDED });
    const words = [two(5_000, 500, 505), two(50, 5, 9), countsOf()].map((counts) => {
      const { verdict, recommendation } = evaluate(body, counts);
      expect(verdict).toBe('no difference');
      return recommendation;
    });
    expect(words[0]).toMatch(
      /^The experiment ended without a sure effect: .*; a difference of 16.8 % would be found/,
    );
    expect(words[1]).toMatch(/fewer than 100 users in an arm \(a 50, b 50\)/);
    expect(words[2]).toMatch(/\(a 0, b 0\)/);
    expect(evaluate(bodyOf([], { endDate: ENDED }), two(500, 1, 1)).recommendation).toMatch(/without a goal/);
  });
});

describe('guardrails', () => {
  const arms = (b: number) =>
    countsOf(
      [5_000, { signup: converted(500), latency: spread(5_000, 200, 40) }],
      [5_000, { signup: converted(700), latency: spread(5_000, b, 40) }],
    );

  test('harm stops even a winner; the other direction does not', () => {
    const body = bodyOf([signup, latency]);
    expect(evaluate(body, arms(206))).toMatchObject({
      verdict: 'stop: guardrail',
      winner: null,
      recommendation: expect.stringMatching(/^Stop b: the guardrail "latency" of b is 3 % above the control/),
    });
    expect(evaluate(body, arms(194))).toMatchObject({ verdict: 'winner', winner: 'b' });
    expect(evaluate(body, arms(200.5))).toMatchObject({ verdict: 'winner', winner: 'b' });
  });

  test('at the planned end harm by the fixed horizon counts too', () => {
    expect(evaluate(bodyOf([signup, latency]), arms(202)).verdict).toBe('winner');
    expect(evaluate(bodyOf([signup, latency], { endDate: ENDED }), arms(202)).verdict).toBe(
      'stop: guardrail',
    );
  });
});

test('goals count in their order, and a later loss is named', () => {
  const counts = countsOf(
    [5_000, { signup: converted(500), revenue: spread(5_000, 10, 5) }],
    [5_000, { signup: converted(700), revenue: spread(5_000, 9, 5) }],
  );
  expect(evaluate(bodyOf([signup, revenue]), counts)).toMatchObject({
    verdict: 'winner',
    winner: 'b',
    recommendation: expect.stringMatching(
      /^Ship b: "signup".*; but "revenue" of b is 10 % below the control/,
    ),
  });
  expect(evaluate(bodyOf([revenue, signup]), counts)).toMatchObject({ verdict: 'winner', winner: 'a' });
});

describe('a split that is not what was asked for', () => {
  const skewed = countsOf([5_000, { signup: converted(500) }], [5_500, { signup: converted(900) }]);

  test('invalidates everything else', () => {
    expect(evaluate(bodyOf([signup]), skewed)).toMatchObject({
      verdict: 'invalid: sample ratio',
      winner: null,
      srm: { ok: false },
      recommendation: expect.stringMatching(
        /^Users are not split as asked \(a 5,000, b 5,500; weights a 50 %, b 50 %; p < 0\.0001\)/,
      ),
    });
  });

  test('is no alarm where so few are expected that chi-square does not hold', () => {
    const variants = [
      { key: 'a', weight: 0.99 },
      { key: 'b', weight: 0.01 },
    ];
    const few = countsOf([95, {}], [6, {}]);
    const { srm, verdict } = evaluate({ ...bodyOf([signup]), variants }, few);
    expect(srm.pValue).toBeLessThan(0.001);
    expect({ ok: srm.ok, verdict }).toEqual({ ok: true, verdict: 'keep running' });
  });
});

test('users of several arms are told', () => {
  const seen = evaluate(bodyOf([signup]), { ...two(5_000, 500, 700), multipleExposures: 500 });
  expect(seen.multipleExposures).toEqual({ users: 500, share: 500 / 10_500, ok: false });
  expect(seen.recommendation).toMatch(/; beware: 500 users \(4\.76 %\) saw several arms and are left out$/);
  expect(
    evaluate(bodyOf([signup]), { ...two(5_000, 500, 700), multipleExposures: 50 }).multipleExposures.ok,
  ).toBe(true);
});
