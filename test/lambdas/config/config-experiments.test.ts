import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SECOND } from '../../support/clock.ts';
import { REVALIDATED } from '../../support/config-asks.ts';
import { type Answer, type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const good = (userId: string, body: object = {}): Promise<Answer['body']> =>
  engine.good('decideConfig', { claims: asUser(userId), body: { context: 'dashboard', ...body } });

const experiment = async (parts: object): Promise<Answer['body']> => {
  const body = {
    name: 'An experiment',
    kind: 'ab',
    coverage: 1,
    metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
    status: 'running',
    ...parts,
  };
  const made = await engine.good('createExperiment', { claims: asAdmin(), body });
  engine.clock.advance(REVALIDATED);
  return made;
};

const arms = (weight: number, config: object) => [
  { key: 'control', weight: 1 - weight },
  { key: 'treated', weight, payload: { config } },
];

const onlyFor = (prefix: string) => ({ in: [prefix, { var: 'user.userId' }] });

const users = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

describe("the arms of experiments in a user's config", () => {
  it('go over the rules, are named with a reason, and stay as they are when weights change', async () => {
    const condition = onlyFor('arm');
    const actions = { settings: { from: 'rule', kept: true } };
    await engine.good('createRule', { claims: asAdmin(), body: { name: 'below', condition, actions } });
    const variants = arms(0.5, { layout: 'compact', settings: { from: 'arm' } });
    const made = await experiment({ key: 'dense', variants, condition });
    const before = new Map<string, Answer['body']>();
    for (const userId of users('arm', 12)) before.set(userId, await good(userId));
    const seen = [...before.values()].map(({ experiments }) => experiments[0].variant);
    expect(new Set(seen)).toEqual(new Set(['control', 'treated']));
    for (const { config, experiments, reasons } of before.values()) {
      const isTreated = experiments[0].variant === 'treated';
      expect(experiments).toEqual([
        { key: 'dense', variant: expect.any(String), reason: expect.stringMatching(/\w/) },
      ]);
      expect(config.settings).toEqual({ from: isTreated ? 'arm' : 'rule', kept: true });
      if (isTreated) expect(reasons.layout).toMatchObject({ source: 'experiment', by: 'dense' });
    }
    const { experimentId, version, createdAt: _, updatedAt: __, changedBy: ___, ...body } = made;
    const changed = {
      ...body,
      version,
      variants: [
        { ...variants[0], weight: 0.01 },
        { ...variants[1], weight: 0.99 },
      ],
    };
    await engine.good('replaceExperiment', { claims: asAdmin(), params: { experimentId }, body: changed });
    engine.clock.advance(REVALIDATED);
    for (const userId of users('arm', 12)) {
      const { config, experiments } = await good(userId);
      expect([userId, experiments[0].variant]).toEqual([userId, before.get(userId).experiments[0].variant]);
      expect(config).toEqual(before.get(userId).config);
    }
  });

  it('are stored once, where they are shown for the first time', async () => {
    await experiment({ key: 'once', variants: arms(0.5, { theme: 'dark' }), condition: onlyFor('once') });
    const stored = await engine.scan();
    await good('once-1');
    const added = [...(await engine.scan()).keys()].filter((key) => !stored.has(key));
    expect(added).toHaveLength(3);
    expect(added).toContainEqual(expect.stringMatching(/^EXPERIMENT#[0-9a-z]+#\d+ USER#once-1$/));
    expect(added).toContain('USER#once-1 PERSONALIZATION#ASSIGNMENTS');
    const after = await engine.scan();
    engine.clock.advance(120 * SECOND);
    await good('once-1');
    expect(await engine.scan()).toEqual(after);
  });

  it('let a rule of the experiment act for the treated alone, and be read by other rules', async () => {
    const condition = onlyFor('tested');
    await experiment({ key: 'tested', variants: arms(0.5, {}), condition });
    const rules = [
      { name: 'of the experiment', condition, experimentKey: 'tested', actions: { settings: { own: 1 } } },
      {
        name: 'that reads the arm',
        condition: { and: [condition, { '==': [{ var: 'experiments.tested' }, 'control'] }] },
        actions: { settings: { read: 1 } },
      },
    ];
    for (const body of rules) await engine.good('createRule', { claims: asAdmin(), body });
    engine.clock.advance(REVALIDATED);
    for (const userId of users('tested', 8)) {
      const { config, experiments } = await good(userId);
      const arm = experiments[0].variant;
      expect([arm, config.settings]).toEqual([arm, arm === 'treated' ? { own: 1 } : { read: 1 }]);
    }
  });

  it('change nothing once the experiment is over', async () => {
    const endDate = engine.clock.iso(40 * SECOND);
    const parts = { key: 'ending', variants: arms(0.999, { theme: 'dark' }), condition: onlyFor('end') };
    await experiment({ ...parts, endDate });
    const during = await good('end-1');
    expect(during.config.theme).toBe('dark');
    expect(during.ttlSeconds).toBeLessThan(30);
    engine.clock.advance(30 * SECOND);
    expect(await good('end-1')).toMatchObject({ config: { theme: 'simplified' }, experiments: [] });
  });
});
