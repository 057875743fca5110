import { describe, expect, it } from '@jest/globals';
import { neutralConfig } from '../../../../core/config/defaults/neutral.ts';
import { settleFeatures } from '../../../../core/config/features/settle-features.ts';
import type { ValueReason, ValueSource } from '../../../../core/config/types.ts';

const configOf = (visible: string[], hidden: string[]) => ({
  ...neutralConfig([]),
  features: { visible, hidden, highlighted: visible },
  navigation: visible,
  shortcuts: visible,
});

const reasonsOf = (visible: ValueSource, hidden: ValueSource): ValueReason[] => [
  { path: 'features.visible', source: visible, reason: '' },
  { path: 'features.hidden', source: hidden, reason: '' },
];

const settled = (visible: ValueSource, hidden: ValueSource, config = configOf(['a', 'b'], ['b', 'c'])) =>
  settleFeatures({ config, reasons: reasonsOf(visible, hidden) });

describe('feature lists after rules and arms', () => {
  it('hide everywhere what a rule or an arm hides', () => {
    for (const source of ['rule', 'experiment'] as const) {
      expect(settled('behaviour', source)).toMatchObject({
        features: { visible: ['a'], hidden: ['b', 'c'], highlighted: ['a'] },
        navigation: ['a'],
        shortcuts: ['a'],
      });
    }
  });

  it('no longer hide by default what a rule shows', () => {
    expect(settled('rule', 'behaviour').features).toMatchObject({ visible: ['a', 'b'], hidden: ['c'] });
  });

  it.each(['features.highlighted', 'navigation', 'shortcuts'])('show what a rule puts into %s', (path) => {
    const config = {
      ...neutralConfig([]),
      features: { visible: ['a'], hidden: ['b', 'c'], highlighted: ['b'] },
    };
    const ordered = { ...config, navigation: ['b', 'home'], shortcuts: ['b'] };
    const reasons = [{ path, source: 'rule' as const, reason: '' }, ...reasonsOf('behaviour', 'behaviour')];
    expect(settleFeatures({ config: ordered, reasons }).features).toMatchObject({
      visible: ['a', 'b'],
      hidden: ['c'],
    });
    const listed = [{ path, source: 'rule' as const, reason: '' }, ...reasonsOf('rule', 'behaviour')];
    expect(settleFeatures({ config: ordered, reasons: listed }).features).toMatchObject({
      visible: ['a'],
      hidden: ['c'],
    });
  });

  it('hide what rules both show and hide', () => {
    expect(settled('rule', 'experiment').features).toMatchObject({ visible: ['a'], hidden: ['b', 'c'] });
  });

  it('stay as they are where no rule touches them or nothing contradicts', () => {
    const [defaults, apart] = [configOf(['a'], ['a']), configOf(['a'], ['b'])];
    expect(settled('behaviour', 'stated', defaults)).toBe(defaults);
    expect(settled('rule', 'rule', apart)).toEqual(apart);
  });
});
