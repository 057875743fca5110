import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Config, ValueReason } from '../../../core/config/types.ts';
import { configFlag, configFlags, isConfigKey } from '../../../core/flags/config-flags.ts';

const config: Config = {
  theme: 'dark',
  layout: 'compact',
  features: { visible: ['search', 'export'], hidden: ['admin'], highlighted: ['export'] },
  navigation: ['search'],
  shortcuts: [],
  content: { difficulty: 'beginner', filters: { contentTypes: ['course'] } },
  settings: { banner: { text: 'Hi', level: 2 }, beta: true, rows: 25, 'a.b': 1 },
};
const why = (path: string, source: ValueReason['source'], by?: string): ValueReason => ({
  path,
  source,
  by,
  reason: `${source} of ${path}`,
});
const reasons = [
  why('theme', 'behaviour'),
  why('layout', 'default'),
  why('features.visible', 'behaviour'),
  why('features.highlighted', 'default'),
  why('features.hidden', 'rule', 'rule-1'),
  why('navigation', 'behaviour'),
  why('content.difficulty', 'stated'),
  why('settings.banner.text', 'experiment', 'banner-test'),
  why('settings.banner.level', 'rule', 'rule-2'),
  why('settings.rows', 'rule', 'rule-3'),
];
const decided = { config, reasons, decisionId: 'd-1' };
const flag = (key: string) => configFlag(decided, key);

describe('flags of a config', () => {
  it('hold each slot in its own type, with the variant, the reason and what set it', () => {
    expect(flag('theme')).toEqual({
      key: 'theme',
      value: 'dark',
      reason: 'TARGETING_MATCH',
      variant: 'dark',
      metadata: { decisionId: 'd-1', from: 'behaviour', reason: 'behaviour of theme' },
    });
    expect(flag('layout')).toMatchObject({ value: 'compact', reason: 'DEFAULT' });
    expect(flag('settings.beta')).toMatchObject({ value: true, reason: 'DEFAULT', variant: 'true' });
    expect(flag('settings.rows')).toMatchObject({
      value: 25,
      reason: 'TARGETING_MATCH',
      metadata: { from: 'rule', ruleId: 'rule-3' },
    });
    expect(flag('features.visible')).toMatchObject({ value: ['search', 'export'], variant: 'behaviour' });
    expect(flag('content.difficulty')).toMatchObject({ reason: 'TARGETING_MATCH', variant: 'beginner' });
  });

  it('tell of a group the strongest of the reasons below it, and of a value the reason of what it is part of', () => {
    expect(flag('settings.banner')).toMatchObject({
      reason: 'SPLIT',
      variant: 'banner-test',
      metadata: { experimentKey: 'banner-test' },
    });
    expect(flag('features')).toMatchObject({ reason: 'TARGETING_MATCH', variant: 'rule-1' });
    expect(flag('config')).toMatchObject({ value: config, reason: 'SPLIT' });
    expect(flag('content.filters.contentTypes')).toMatchObject({ reason: 'DEFAULT' });
    expect(flag('settings.banner.level')).toMatchObject({ value: 2, metadata: { ruleId: 'rule-2' } });
  });

  it('show whether a feature is visible', () => {
    expect(flag('feature.search')).toMatchObject({ value: true, variant: 'visible' });
    expect(flag('feature.export')).toMatchObject({ value: true, variant: 'highlighted' });
    expect(flag('feature.admin')).toMatchObject({
      value: false,
      variant: 'hidden',
      reason: 'TARGETING_MATCH',
      metadata: { ruleId: 'rule-1' },
    });
    expect(flag('feature.unheard-of')).toBeUndefined();
  });

  it('do not exist for what a config does not hold, least of all what every object has', () => {
    const strange = ['', 'Theme', 'theme.length', 'toString', '__proto__', 'constructor.name', 'feature.'];
    const inside = [
      'settings.__proto__',
      'settings.constructor',
      'navigation.0',
      'settings.banner.none',
      'settings.',
    ];
    for (const key of [...strange, ...inside]) expect([key, flag(key)]).toEqual([key, undefined]);
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (key) => {
      expect(flag(key)?.value).not.toBeInstanceOf(Function);
    });
    fc.assert(property, { seed: 20261121 });
  });

  it('are listed each once, just as they are found one by one', () => {
    const flags = configFlags(decided);
    const keys = flags.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining([
        'config',
        'theme',
        'features',
        'settings.banner',
        'feature.admin',
        'shortcuts',
      ]),
    );
    for (const one of flags) expect(flag(one.key)).toEqual(one);
    expect(keys.filter((key) => !isConfigKey(key))).toEqual([]);
  });

  it('carry metadata that OpenFeature takes in: no nested values', () => {
    for (const { metadata } of configFlags(decided))
      for (const value of Object.values(metadata))
        expect(['string', 'number', 'boolean']).toContain(typeof value);
  });
});
