import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { config as configSchema } from '../../../../contracts/config/schemas.ts';
import { configDefaults } from '../../../../core/config/defaults/config-defaults.ts';
import { statedConfig } from '../../../../core/config/defaults/stated-config.ts';
import { noFacts } from '../../../../core/config/facts.ts';
import type { ConfigFacts } from '../../../../core/config/inputs.ts';
import { SLOTS } from '../../../../core/config/types.ts';
import { CONSENT_REASON } from '../../../../core/privacy/consent.ts';
import { vectors } from '../../profile/vectors.ts';
import { declared, usualFacts } from '../config-world.ts';

type Case = {
  name: string;
  facts: Partial<ConfigFacts>;
  device?: string;
  declared?: boolean;
  expect: Record<string, [value: unknown, source: string]>;
  says?: Record<string, string>;
};

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown>)?.[key], value);

const decide = (one: Partial<Case>) =>
  configDefaults(
    { facts: { ...usualFacts, ...one.facts }, device: one.device ?? null, personalised: true },
    one.declared ? declared : [],
  );

describe('the config before rules and experiments', () => {
  it.each(vectors<{ cases: Case[] }>('config-defaults').cases)('$name', (one) => {
    const { config, reasons } = decide(one);
    for (const [path, [value, source]] of Object.entries(one.expect)) {
      expect([path, at(config, path)]).toEqual([path, value]);
      expect([path, reasons.find((reason) => reason.path === path)?.source]).toEqual([path, source]);
    }
    for (const [path, words] of Object.entries(one.says ?? {})) {
      expect(reasons.find((reason) => reason.path === path)?.reason).toContain(words);
    }
  });

  it('is the same for everybody who does not allow personalisation, and says so', () => {
    const { config, reasons } = configDefaults(
      { facts: noFacts, device: 'mobile', personalised: false },
      declared,
    );
    expect(config).toEqual({
      theme: 'light',
      layout: 'comfortable',
      features: { visible: declared.map(({ feature }) => feature), hidden: [], highlighted: [] },
      navigation: ['home', 'search', 'filter', 'export', 'audit'],
      shortcuts: [],
      content: { difficulty: 'intermediate', filters: {} },
      settings: {},
    });
    expect(new Set(reasons.map(({ reason }) => reason))).toEqual(new Set([CONSENT_REASON]));
  });

  const name = fc.constantFrom('home', 'search', 'export', 'audit', 'api', 'unknown', '__proto__', 'x y');
  const facts = fc.record({
    interactions: fc.nat(1000),
    skill: fc.constantFrom('beginner', 'intermediate', 'advanced', 'expert'),
    segments: fc.array(
      fc.record({
        name: fc.constantFrom('new_user', 'power_user'),
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    ),
    nightPercent: fc.nat(100),
    features: fc.array(fc.tuple(name, fc.nat(50))),
    adopted: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)),
    contentTypes: fc.array(fc.tuple(name, fc.nat(100), fc.nat(100)), { maxLength: 3 }),
    stated: fc.dictionary(
      fc.constantFrom('theme', 'layout', 'hiddenFeatures', 'navigation', 'shortcuts'),
      fc.anything(),
    ),
  });

  it('fits the schema, explains every slot, and shows and hides nothing at once, for any facts', () => {
    fc.assert(
      fc.property(facts, fc.boolean(), (known, hasDeclared) => {
        const given = { ...known, stated: statedConfig(known.stated) } as unknown as ConfigFacts;
        const { config, reasons } = decide({ facts: given, declared: hasDeclared });
        expect(configSchema.strict().parse(config)).toEqual(config);
        expect(reasons.map(({ path }) => path)).toEqual(expect.arrayContaining([...SLOTS]));
        const { visible, hidden, highlighted } = config.features;
        expect(visible.filter((one) => hidden.includes(one))).toEqual([]);
        expect(highlighted.filter((one) => !visible.includes(one))).toEqual([]);
        expect(config.navigation.filter((one) => hidden.includes(one))).toEqual([]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('stated preferences', () => {
  it('count where they are valid', () => {
    const preferences = {
      theme: ' Dark ',
      layout: 'compact',
      difficulty: 'advanced',
      shortcuts: ['a', 'b', 'a'],
    };
    expect(statedConfig(preferences)).toEqual({
      theme: 'dark',
      layout: 'compact',
      difficulty: 'advanced',
      shortcuts: ['a', 'b'],
    });
  });

  it.each([
    [{ theme: 'pink', layout: 7, difficulty: null }],
    [{ hiddenFeatures: 'export', navigation: { 0: 'a' }, shortcuts: ['a', 1] }],
    [
      {
        shortcuts: Array.from({ length: 51 }, (_, i) => `f${i}`),
        navigation: [''],
        hiddenFeatures: ['x'.repeat(101)],
      },
    ],
    [JSON.parse('{"__proto__": {"theme": "dark"}, "learned": {"theme": "dark"}}')],
  ])('are passed over where they are not: %j', (preferences) => {
    expect(statedConfig(preferences)).toEqual({});
  });
});
