import { describe, expect, it } from '@jest/globals';
import { ruleOutcomes } from '../../../../core/rules/performance/rule-outcomes.ts';
import type { RuleAsk } from '../../../../core/rules/types.ts';
import { compiledSet, NOW, outcome, ruleOf } from './support.ts';

const ask = (change: Partial<RuleAsk> = {}): RuleAsk => ({
  userId: 'ada',
  context: 'dashboard',
  now: NOW,
  timezone: 'UTC',
  data: {},
  arms: new Map(),
  holdouts: true,
  ...change,
});

const isDevice = (device: string) => ({ '==': [{ var: 'device' }, device] });

const armsOf = (outcomes: ReturnType<typeof ruleOutcomes>) =>
  Object.fromEntries(outcomes.map(({ ruleId, arm }) => [ruleId, arm]));

describe('what a decision did with every rule', () => {
  it('tells those that matched, those held out and those that did not match', () => {
    const set = compiledSet(
      ruleOf('met', { condition: isDevice('mobile') }),
      ruleOf('unmet', { condition: isDevice('desktop') }),
      ruleOf('failing', { condition: { '>': [{ '+': ['word', 1] }, 0] } }),
      ruleOf('kept', { holdout: 0.5 }),
    );
    const arms = armsOf(ruleOutcomes(set, ask({ data: { device: 'mobile' } })));
    expect(arms).toMatchObject({ met: 'applied', unmet: 'not matched', failing: 'not matched' });
    const heldOut = Array.from({ length: 400 }, (_, n) =>
      armsOf(ruleOutcomes(set, ask({ userId: `u${n}` }))).kept === 'held out' ? 1 : 0,
    ).filter(Boolean).length;
    expect(heldOut).toBeGreaterThan(160);
    expect(heldOut).toBeLessThan(240);
    const all = Array.from({ length: 50 }, (_, n) =>
      ruleOutcomes(set, ask({ userId: `u${n}`, holdouts: false })),
    );
    expect(all.every((outcomes) => armsOf(outcomes).kept === 'applied')).toBe(true);
  });

  it('leaves out rules that were not in force there and then', () => {
    const set = compiledSet(
      ruleOf('off', { enabled: false }),
      ruleOf('elsewhere', { contexts: ['settings'] }),
      ruleOf('later', { schedule: { from: new Date(NOW + 1).toISOString() }, condition: isDevice('x') }),
      ruleOf('tested', { experimentKey: 'test' }),
      ruleOf('here', { contexts: ['dashboard'] }),
    );
    expect(armsOf(ruleOutcomes(set, ask()))).toEqual({ here: 'applied' });
    const control = new Map([['test', { variant: 'a', isControl: true }]]);
    expect(armsOf(ruleOutcomes(set, ask({ arms: control })))).toEqual({ here: 'applied' });
    const treated = new Map([['test', { variant: 'b', isControl: false }]]);
    expect(armsOf(ruleOutcomes(set, ask({ arms: treated })))).toEqual({ here: 'applied', tested: 'applied' });
  });

  it('tells who took slots from whom', () => {
    const set = compiledSet(
      ruleOf('theme', { priority: 5, actions: { theme: 'dark' } }),
      ruleOf('both', { priority: 4, actions: { theme: 'light', layout: 'compact' } }),
      ruleOf('silent', { priority: 3, actions: { theme: 'simplified' } }),
      ruleOf('apart', { priority: 2, actions: { settings: { banner: { text: 'Hi' } } } }),
      ruleOf('below', { priority: 1, actions: { settings: { banner: { colour: 'red' } } } }),
      ruleOf('whole', { priority: 0, actions: { settings: { banner: 'none' } } }),
      ruleOf('unmet', { priority: 9, condition: isDevice('x'), actions: { theme: 'light' } }),
    );
    const outcomes = ruleOutcomes(set, ask());
    expect(outcomes).toEqual([
      outcome('not matched', { ruleId: 'unmet' }),
      outcome('applied', { ruleId: 'theme', wonOver: ['both', 'silent'] }),
      outcome('applied', { ruleId: 'both', lostTo: ['theme'], wonOver: ['silent'] }),
      outcome('applied', { ruleId: 'silent', lostTo: ['theme', 'both'], silenced: true }),
      outcome('applied', { ruleId: 'apart', wonOver: ['whole'] }),
      outcome('applied', { ruleId: 'below', wonOver: ['whole'] }),
      outcome('applied', { ruleId: 'whole', lostTo: ['apart', 'below'] }),
    ]);
  });
});
