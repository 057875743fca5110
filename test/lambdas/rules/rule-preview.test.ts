import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { SECOND } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const condition = {
  and: [{ '>=': [{ var: 'user.engagementLevel' }, 4] }, { in: ['power_user', { var: 'segments' }] }],
};
const rule = { name: 'Compact', condition, actions: { layout: 'compact' } };
const preview = (body: unknown) => engine.good('previewRule', { body, claims: asAdmin() });
const refused = (body: unknown) => engine.call('previewRule', { body, claims: asAdmin() });

describe('dry run of a rule on given data', () => {
  it('says which clause failed and what it saw', async () => {
    const answer = await preview({ rule, context: { user: { engagementLevel: 5 }, segments: ['new_user'] } });
    expect(answer).toMatchObject({
      matches: false,
      verdict: 'condition not met',
      text: 'engagement level at least 4 and segment power_user',
      reason: 'segments new_user (segment power_user)',
      clauses: [
        { path: 'user.engagementLevel', passed: true, value: 5, expected: 4 },
        { path: 'segments', passed: false, value: ['new_user'], expected: 'power_user' },
      ],
    });
    expect(answer.config.layout).not.toBe('compact');
  });

  it('shows the config with the rule on top where it matches, and says so of the slot', async () => {
    const answer = await preview({
      rule,
      context: { user: { engagementLevel: 5 }, segments: ['power_user'] },
    });
    expect(answer.matches).toBe(true);
    expect(answer.config.layout).toBe('compact');
    expect(answer.reasons.layout).toEqual({
      source: 'rule',
      by: 'preview',
      reason: 'Rule "Compact": engagement level 5 (at least 4) and segment power_user',
    });
    expect(answer.reasons.theme.source).toBe('default');
  });

  it('sees nothing where nothing is given', async () => {
    const { matches, clauses } = await preview({ rule });
    expect(matches).toBe(false);
    expect(clauses.map(({ value }: { value: unknown }) => value)).toEqual([null, null]);
  });

  it('counts a rule as enabled, and follows its schedule and contexts', async () => {
    const met = { ...rule, condition: true };
    expect(await preview({ rule: { ...met, enabled: false } })).toMatchObject({ matches: true });
    expect(await preview({ rule: { ...met, schedule: { to: '2020-01-01T00:00:00Z' } } })).toMatchObject({
      matches: false,
      verdict: 'not scheduled now',
    });
    expect(await preview({ rule: { ...met, contexts: ['login'] } })).toMatchObject({ matches: true });
    expect(
      await preview({ rule: { ...met, contexts: ['login'] }, context: { context: 'dashboard' } }),
    ).toMatchObject({ matches: false, verdict: 'other context' });
  });
});

describe('dry run at another time, and on a copied profile', () => {
  it('follows the schedule at the moment that the data name, on the clock that they name', async () => {
    const winter = {
      ...rule,
      condition: true,
      schedule: { from: '2030-12-01T00:00', to: '2031-03-01T00:00' },
    };
    const at = (iso: string, timezone?: string) =>
      preview({ rule: winter, context: { now: { iso }, user: { timezone } } });
    expect(await at('2030-12-24T12:00:00Z')).toMatchObject({ matches: true });
    expect(await at('2030-11-30T23:30:00Z')).toMatchObject({ verdict: 'not scheduled now' });
    expect(await at('2030-11-30T23:30:00Z', 'Europe/Berlin')).toMatchObject({ matches: true });
    for (const nonsense of ['2030-12-24', 'T+00:00', 'soon', ''])
      expect(await at(nonsense, 'Mars/Olympus')).toMatchObject({ verdict: 'not scheduled now' });
  });

  it('takes segments as a profile lists them', async () => {
    const sure = { '>': [{ var: 'confidence.power_user' }, 0.8] };
    const both = { ...rule, condition: { and: [{ in: ['power_user', { var: 'segments' }] }, sure] } };
    const on = (segments: unknown) => preview({ rule: both, context: { segments } });
    expect(await on([{ name: 'power_user', confidence: 0.9 }])).toMatchObject({ matches: true });
    expect(await on([{ name: 'power_user', confidence: 0.7 }])).toMatchObject({ matches: false });
    for (const odd of [[{ name: 7 }], [null], [[]], {}, 'power_user', [{ confidence: 1 }]])
      expect(await on(odd)).toMatchObject({ matches: false });
  });
});

describe('dry run of a rule under an experiment', () => {
  const tested = { ...rule, condition: true, experimentKey: 'dense' };
  const inArm = (dense: unknown) => preview({ rule: tested, context: { experiments: { dense } } });

  it('follows the arm that the data name', async () => {
    const experiment = {
      key: 'dense',
      name: 'Dense',
      kind: 'ab',
      variants: [
        { key: 'control', weight: 0.5 },
        { key: 'dense', weight: 0.5 },
      ],
      coverage: 1,
      metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
      status: 'running',
    };
    await engine.good('createExperiment', { body: experiment, claims: asAdmin() });
    engine.clock.advance(6 * SECOND);
    expect(await inArm('dense')).toMatchObject({ matches: true, verdict: 'applied' });
    expect(await inArm('control')).toMatchObject({
      matches: false,
      verdict: 'experiment arm',
      reason: 'the user is in the control of experiment dense, arm control',
    });
    for (const nonsense of [{ toString: 1 }, null, 7]) {
      expect(await inArm(nonsense)).toMatchObject({ matches: false, verdict: 'experiment arm' });
    }
  });
});

describe('dry run of a rule on a user', () => {
  const ada = asUser('ada');

  it('sees what is known of the user, and nothing is stored by it', async () => {
    const { ruleId } = await engine.good('createRule', {
      body: { ...rule, condition: { '==': [{ var: 'user.attributes.plan' }, 'pro'] }, enabled: false },
      claims: asAdmin(),
    });
    await engine.good('updateProfile', {
      params: { userId: 'ada' },
      body: { attributes: { plan: 'pro' } },
      claims: ada,
    });
    const before = await engine.scan();
    const answer = await preview({ ruleId, userId: 'ada' });
    expect(answer).toMatchObject({ matches: true, clauses: [{ value: 'pro', passed: true }] });
    expect(answer.config.layout).toBe('compact');
    expect(await preview({ ruleId, userId: 'nobody-yet' })).toMatchObject({ matches: false });
    expect(await engine.scan()).toEqual(before);
  });

  it('reads nothing of a user who opted out', async () => {
    await engine.good('updateProfile', {
      params: { userId: 'bob' },
      body: { attributes: { plan: 'pro' }, preferences: {} },
      claims: asUser('bob'),
    });
    const store = profileStore(engine.database);
    const bob = (await store.get('bob'))!;
    const privacy = { ...bob.privacy, optOut: true };
    await store.put({ ...bob, privacy, version: bob.version + 1 }, bob.version);
    const free = { ...rule, condition: { '!=': [{ var: 'user.attributes.plan' }, 'free'] } };
    const { matches, clauses, reason } = await preview({ rule: free, userId: 'bob' });
    expect({ matches, value: clauses[0].value }).toEqual({ matches: false, value: null });
    expect(reason).toContain('opted out');
  });
});

describe('bad input', () => {
  it.each([
    ['neither a rule nor an id', {}],
    ['both', { rule, ruleId: 'x' }],
    ['a user and data', { rule, userId: 'ada', context: {} }],
    ['an unknown field', { rule, dryRun: true }],
    ['a condition of an unknown operator', { rule: { ...rule, condition: { eval: ['1'] } } }],
    ['a prototype', { rule: { ...rule, condition: { var: 'user.__proto__.x' } } }],
    ['data with a prototype', { rule, context: JSON.parse('{"user": {"__proto__": {"a": 1}}}') }],
    ['actions that break the config', { rule: { ...rule, actions: { theme: 'neon' } } }],
    ['an experiment that is not there', { rule: { ...rule, experimentKey: 'nowhere' } }],
  ])('%s is refused', async (_, body) => {
    expectRefused(await refused(body));
  });

  it('names the place of a fault in the rule', async () => {
    const { body } = await refused({ rule: { ...rule, condition: { and: [{ var: 'user.skilLevel' }] } } });
    expect(body.errors).toEqual([
      {
        path: 'rule.condition.and.0.var',
        message: 'is not a variable: did you mean "user.skillLevel"?',
      },
    ]);
  });

  it('an unknown rule is 404, a condition of a thousand levels 400, a user 403', async () => {
    expectProblem(await refused({ ruleId: 'nowhere' }), 'not-found');
    const deep = Array.from({ length: 1_000 }).reduce((inner) => ({ '!': [inner] }), { var: 'device' });
    expectRefused(await refused({ rule: { ...rule, condition: deep } }), 'rule.condition');
    expectProblem(await engine.call('previewRule', { body: { rule }, claims: asUser('ada') }), 'forbidden');
  });
});
