import { describe, expect, it } from '@jest/globals';
import { conditionEngine } from '../../../../adapters/conditions/condition-engine.ts';
import { compileRules } from '../../../../core/rules/evaluate/compile-rules.ts';
import { evaluateRules } from '../../../../core/rules/evaluate/evaluate-rules.ts';
import { explainRules } from '../../../../core/rules/explain/explain-rules.ts';
import type { Json, Rule, RuleAsk, RuleData } from '../../../../core/rules/types.ts';
import { askOf, ruleOf } from '../rule-of.ts';

const engine = conditionEngine();
const compiled = (...rules: Rule[]) => compileRules({ version: 7, defined: rules }, engine);
const namesOf = (rules: Rule[], ask: RuleAsk) =>
  evaluateRules(compiled(...rules), ask).applied.map(({ ruleId }) => ruleId);
const verdictsOf = (rules: Rule[], ask: RuleAsk) =>
  Object.fromEntries(explainRules(compiled(...rules), ask).map(({ ruleId, verdict }) => [ruleId, verdict]));

const nothing = askOf({});

describe('precedence', () => {
  it('is priority, then age, then id', () => {
    const rules = [
      ruleOf('young', { priority: 5 }, 30),
      ruleOf('b', { priority: 5 }, 20),
      ruleOf('a', { priority: 5 }, 20),
      ruleOf('high', { priority: 9 }, 40),
      ruleOf('low', { priority: -1 }, 10),
    ];
    expect(namesOf(rules, nothing)).toEqual(['high', 'a', 'b', 'young', 'low']);
    expect(namesOf(rules.toReversed(), nothing)).toEqual(['high', 'a', 'b', 'young', 'low']);
  });
});

describe('which rules act', () => {
  const rules = [
    ruleOf('everywhere'),
    ruleOf('here', { contexts: ['dashboard', 'login'] }),
    ruleOf('there', { contexts: ['settings'] }),
    ruleOf('off', { enabled: false }),
    ruleOf('over', { schedule: { to: '2026-11-21T11:00' } }),
    ruleOf('unmet', { condition: { '>=': [{ var: 'session.count' }, 5] } }),
    ruleOf('failing', { condition: { '>': [{ '+': [{ var: 'user.skillLevel' }, 1] }, 0] } }),
    ruleOf('tested', { experimentKey: 'checkout' }),
  ];
  const data = { session: { count: 4 }, user: { skillLevel: 'beginner' } };

  it('those of the context, in time, whose condition is met', () => {
    expect(namesOf(rules, askOf(data))).toEqual(['everywhere', 'here']);
    expect(namesOf(rules, askOf(data, { context: 'settings' }))).toEqual(['everywhere', 'there']);
    expect(namesOf(rules, askOf(data, { context: 'somewhere-new' }))).toEqual(['everywhere']);
  });

  it('the schedule is on the clock of the user', () => {
    expect(namesOf([rules[4]!], askOf(data, { timezone: 'America/New_York' }))).toEqual(['over']);
  });

  it('every rule has a verdict, and only the applied ones act', () => {
    expect(verdictsOf(rules, askOf(data))).toEqual({
      everywhere: 'applied',
      here: 'applied',
      there: 'other context',
      off: 'disabled',
      over: 'not scheduled now',
      unmet: 'condition not met',
      failing: 'condition failed',
      tested: 'experiment arm',
    });
  });

  it('a rule under an experiment acts for the arms that are not the control', () => {
    const inArm = (variant: string, isControl: boolean) =>
      namesOf([rules[7]!], askOf(data, { arms: new Map([['checkout', { variant, isControl }]]) }));
    expect([inArm('b', false), inArm('a', true)]).toEqual([['tested'], []]);
    const other = new Map([['search', { variant: 'b', isControl: false }]]);
    expect(namesOf([rules[7]!], askOf(data, { arms: other }))).toEqual([]);
  });

  it('what is read is what the enabled rules read', () => {
    const off = ruleOf('off', { enabled: false, condition: { var: 'user.email' } });
    const set = compiled(...rules, off);
    expect(set.reads).toEqual(['session.count', 'user.skillLevel']);
    expect(set.version).toBe(7);
  });
});

describe('holdouts', () => {
  const users = Array.from({ length: 4_000 }, (_, n) => `user-${n}`);
  const heldOut = (id: string, holdout: number, ask?: Partial<RuleAsk>) => {
    const set = compiled(ruleOf(id, { holdout }));
    return users.filter((userId) => evaluateRules(set, askOf({}, { userId, ...ask })).heldOut.length === 1);
  };

  it('take their share of the users who match, the same ones every time', () => {
    for (const holdout of [0.05, 0.2, 0.5]) {
      const held = heldOut('r', holdout);
      // Four standard deviations of a binomial.
      const slack = 4 * Math.sqrt((holdout * (1 - holdout)) / users.length);
      expect(Math.abs(held.length / users.length - holdout)).toBeLessThan(slack);
      expect(heldOut('r', holdout)).toEqual(held);
    }
  });

  it('grow without moving anybody, and are others for another rule', () => {
    const [small, large, other] = [heldOut('r', 0.1), heldOut('r', 0.3), heldOut('s', 0.3)];
    expect(small.filter((user) => !large.includes(user))).toEqual([]);
    const both = large.filter((user) => other.includes(user)).length / users.length;
    expect(Math.abs(both - 0.09)).toBeLessThan(0.02);
  });

  it('take nobody where experiments are off, and nobody who does not match', () => {
    expect(heldOut('r', 0.5, { holdouts: false })).toEqual([]);
    const set = compiled(ruleOf('r', { holdout: 0.5, condition: false }));
    expect(users.flatMap((userId) => evaluateRules(set, askOf({}, { userId })).heldOut)).toEqual([]);
  });

  it('a held out user does not get it, and is told apart', () => {
    const [userId] = heldOut('r', 0.2) as [string];
    const rule = ruleOf('r', { holdout: 0.2 });
    expect(namesOf([rule], askOf({}, { userId }))).toEqual([]);
    const [explained] = explainRules(compiled(rule), askOf({}, { userId }));
    expect(explained).toMatchObject({ verdict: 'held out', reason: expect.stringContaining('20 %') });
  });
});

describe('reasons', () => {
  const explained = (condition: Rule['body']['condition'], data: RuleData) =>
    explainRules(compiled(ruleOf('r', { condition })), askOf(data))[0]!;
  const levels: Json = {
    and: [
      { '>=': [{ var: 'user.engagementLevel' }, 4] },
      {
        or: [{ in: ['power_user', { var: 'segments' }] }, { '==': [{ var: 'user.attributes.plan' }, 'pro'] }],
      },
    ],
  };

  it('say what was seen, of alternatives the one that is met', () => {
    const data = { user: { engagementLevel: 5, attributes: { plan: 'pro' } }, segments: ['new_user'] };
    expect(explained(levels, data).reason).toBe('engagement level 5 (at least 4) and plan is pro');
  });

  it('of what is not met the first that fails, of alternatives all', () => {
    expect(explained(levels, { user: { engagementLevel: 2 } }).reason).toBe(
      'engagement level 2 (at least 4)',
    );
    expect(explained(levels, { user: { engagementLevel: 4 }, segments: [] }).reason).toBe(
      'segments none (segment power_user) and plan unknown (is pro)',
    );
  });

  it('clauses are every comparison with its value, whatever the rest says', () => {
    const data = { user: { engagementLevel: 2, attributes: { plan: 'pro' } } };
    expect(explained(levels, data).clauses).toEqual([
      {
        path: 'user.engagementLevel',
        passed: false,
        value: 2,
        expected: 4,
        text: 'engagement level at least 4',
      },
      { path: 'segments', passed: false, value: null, expected: 'power_user', text: 'segment power_user' },
      { path: 'user.attributes.plan', passed: true, value: 'pro', expected: 'pro', text: 'plan is pro' },
    ]);
  });

  it('a negation is told of each comparison below it', () => {
    const { clauses, verdict } = explained({ '!': [levels] }, { user: { engagementLevel: 2 } });
    expect(verdict).toBe('applied');
    expect(clauses.map(({ passed, text }) => [passed, text])).toEqual([
      [true, 'engagement level not at least 4'],
      [true, 'not segment power_user'],
      [true, 'plan is not pro'],
    ]);
  });

  it('what cannot be computed has a verdict of its own and no clause that passed', () => {
    const sum: Json = { '>': [{ '+': [{ var: 'user.skillLevel' }, 1] }, 0] };
    const { verdict, reason, clauses } = explained(sum, { user: { skillLevel: 'beginner' } });
    expect([verdict, clauses[0]!.passed]).toEqual(['condition failed', false]);
    expect(reason).toContain('skill level beginner');
  });

  it('stay short, whatever was written and seen', () => {
    const many: Json = {
      or: Array.from({ length: 60 }, (_, n) => ({
        '==': [{ var: 'user.attributes.a' }, `x${n}`.repeat(50)],
      })),
    };
    const data = { user: { attributes: { a: Array.from({ length: 5_000 }, () => 'y'.repeat(100)) } } };
    const { reason } = explained(many, data);
    expect(reason.length).toBeLessThan(3_000);
    expect(reason).toContain('54 more');
  });
});
