import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definitionStore } from '../../../adapters/dynamodb/stores/definition-store.ts';
import type { Json, RuleBody } from '../../../core/rules/types.ts';
import { SECOND } from '../../support/clock.ts';
import { configAsks, onlyFor, REVALIDATED } from '../../support/config-asks.ts';
import { defined } from '../../support/definitions.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin } from '../../support/http-event.ts';

let engine: Engine;
let good: ReturnType<typeof configAsks>['good'];
let rule: ReturnType<typeof configAsks>['rule'];
let tracked: ReturnType<typeof configAsks>['tracked'];

beforeAll(async () => {
  engine = await startEngine();
  ({ good, rule, tracked } = configAsks(engine));
});
afterAll(() => engine.close());

describe('rules', () => {
  it('go over the defaults: the higher priority first, of two as high the older', async () => {
    const condition = onlyFor('dora');
    const weak = await rule({
      condition,
      priority: 1,
      actions: { theme: 'light', settings: { a: 1, b: 1 } },
    });
    const old = await rule({ condition, priority: 5, actions: { theme: 'dark', settings: { b: 2 } } });
    const young = await rule({
      condition,
      priority: 5,
      actions: { theme: 'light', settings: { b: 3, c: 3 } },
    });
    const { config, appliedRules, reasons } = await good('dora');
    expect(config).toMatchObject({ theme: 'dark', settings: { a: 1, b: 2, c: 3 } });
    expect(appliedRules.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([
      old.ruleId,
      young.ruleId,
      weak.ruleId,
    ]);
    expect(reasons.theme).toMatchObject({ source: 'rule', by: old.ruleId });
    expect(reasons['settings.c']).toMatchObject({ source: 'rule', by: young.ruleId });
    expect(appliedRules[0]).toMatchObject({ name: old.name, priority: 5, version: 1 });
  });

  it('are seen within 10 seconds of a change, also by who was answered before', async () => {
    await good('emil');
    const made = await rule({ condition: onlyFor('emil'), actions: { settings: { banner: 'new' } } });
    expect((await good('emil')).config.settings).toEqual({ banner: 'new' });
    const { ruleId, version, createdAt: _, updatedAt: __, changedBy: ___, ...body } = made;
    const changed = { ...body, version, actions: { settings: { banner: 'newer' } } };
    await engine.good('replaceRule', { claims: asAdmin(), params: { ruleId }, body: changed });
    engine.clock.advance(10 * SECOND);
    expect((await good('emil')).config.settings).toEqual({ banner: 'newer' });
    await engine.good('deleteRule', { claims: asAdmin(), params: { ruleId } });
    engine.clock.advance(10 * SECOND);
    expect((await good('emil')).config.settings).toEqual({});
  });

  it('read what the application says now, the device, the context, and the segments', async () => {
    const condition = {
      and: [
        { '==': [{ var: 'user.attributes.plan' }, 'pro'] },
        { '==': [{ var: 'device' }, 'mobile'] },
        { in: ['new_user', { var: 'segments' }] },
      ],
    };
    await rule({ condition, contexts: ['settings'], actions: { settings: { hint: true } } });
    const asked = { context: 'settings', device: { type: 'Mobile' }, attributes: { plan: 'pro' } };
    expect((await good('fay', asked)).config.settings).toEqual({ hint: true });
    expect((await good('fay', { ...asked, context: 'elsewhere' })).config.settings).toEqual({});
    expect((await good('fay', { ...asked, attributes: { plan: 'free' } })).config.settings).toEqual({});
    expect((await good('fay', { ...asked, device: 'desktop' })).config.settings).toEqual({});
  });

  it('that hide a feature hide it everywhere', async () => {
    await tracked('gil', 6, { feature: 'export' });
    await rule({ condition: onlyFor('gil'), actions: { features: { hidden: ['export'] } } });
    const { config } = await good('gil');
    expect(config.features).toEqual({ visible: [], hidden: ['export'], highlighted: [] });
    expect(config.shortcuts).toEqual([]);
  });

  it('that begin or end soon shorten the time for which an answer may be used', async () => {
    const schedule = { from: engine.clock.iso(REVALIDATED + 20 * SECOND) };
    await rule({ condition: onlyFor('hal'), schedule, actions: { settings: { sale: true } } });
    const before = await good('hal');
    expect(before.config.settings).toEqual({});
    expect(before.ttlSeconds).toBeGreaterThan(10);
    expect(before.ttlSeconds).toBeLessThanOrEqual(20);
    engine.clock.advance(20 * SECOND);
    expect((await good('hal')).config.settings).toEqual({ sale: true });
  });

  it('may be 200, with three clauses each', async () => {
    const clauses = (i: number): Json[] => [
      onlyFor('ida'),
      { '>=': [{ var: 'user.engagementLevel' }, i % 3] },
      { '<': [{ var: 'features.export.count' }, 1_000 + i] },
    ];
    const store = definitionStore<RuleBody>(engine.database, 'RULES');
    const before = await store.version();
    for (let i = 0; i < 200; i += 1) {
      const actions = { settings: { [`k${i % 50}`]: i } };
      const condition: Json = { and: clauses(i) };
      const body = { name: `many ${i}`, enabled: true, priority: i, contexts: [], condition, actions };
      const change = {
        ...defined<RuleBody>(`many-${i}`, body, before + 1 + i),
        createdAt: engine.clock.now(),
      };
      expect(await store.append(change)).toBe(true);
    }
    engine.clock.advance(REVALIDATED);
    const { config, appliedRules } = await good('ida');
    expect(appliedRules.length).toBeGreaterThan(100);
    expect(config.settings).toMatchObject({ k0: 150, k49: 199 });
  });
});
