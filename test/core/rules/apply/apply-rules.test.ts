import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Config, ConfigDefaults, ConfigPatch } from '../../../../core/config/types.ts';
import { mergePatch } from '../../../../core/profile/change/merge-patch.ts';
import { applyRules } from '../../../../core/rules/apply/apply-rules.ts';
import { slotAssignments } from '../../../../core/rules/apply/slot-assignments.ts';
import type { AppliedRule } from '../../../../core/rules/types.ts';

const config: Config = {
  theme: 'light',
  layout: 'comfortable',
  features: { visible: ['search'], hidden: ['api'], highlighted: [] },
  navigation: ['search'],
  shortcuts: [],
  content: { difficulty: 'beginner', filters: { contentTypes: ['video'] } },
  settings: { banner: { text: 'hi', on: true } },
};
const reasonOf = (path: string) => ({ path, source: 'default' as const, reason: 'usual' });
const defaults: ConfigDefaults = {
  config,
  reasons: ['theme', 'layout', 'content.filters.contentTypes', 'settings.banner.text'].map(reasonOf),
};

const applied = (ruleId: string, patch: ConfigPatch): AppliedRule => ({
  ruleId,
  name: ruleId,
  priority: 0,
  version: 1,
  reason: 'always',
  assignments: slotAssignments(patch),
});
const apply = (patches: readonly ConfigPatch[], arms: readonly ConfigPatch[] = []) =>
  applyRules(
    defaults,
    patches.map((patch, n) => applied(`r${n}`, patch)),
    arms.map((patch, n) => ({ key: `e${n}`, variant: 'b', patch })),
  );
const setBy = (decided: ReturnType<typeof apply>) =>
  Object.fromEntries(decided.reasons.map(({ path, source, by }) => [path, by ?? source]));

describe('rules on top of the defaults', () => {
  it('the first of two that set a slot wins, and the slot says who', () => {
    const decided = apply([
      { theme: 'dark', layout: 'compact' },
      { theme: 'simplified', navigation: ['a'] },
    ]);
    expect(decided.config).toEqual({ ...config, theme: 'dark', layout: 'compact', navigation: ['a'] });
    expect(setBy(decided)).toEqual({
      theme: 'r0',
      layout: 'r0',
      navigation: 'r1',
      'content.filters.contentTypes': 'default',
      'settings.banner.text': 'default',
    });
  });

  it('arms of experiments stand above rules', () => {
    const decided = apply(
      [{ theme: 'dark' }],
      [{ theme: 'simplified' }, { theme: 'light', layout: 'compact' }],
    );
    expect([decided.config.theme, decided.config.layout]).toEqual(['simplified', 'compact']);
    expect(decided.reasons[0]).toEqual({
      path: 'theme',
      source: 'experiment',
      by: 'e0',
      reason: 'Experiment e0, arm b',
    });
  });

  it('a rule of which nothing is left says so', () => {
    const { applied: rules } = apply([
      { theme: 'dark', layout: 'compact' },
      { theme: 'light' },
      { layout: 'compact', navigation: [] },
    ]);
    expect(rules.map(({ reason }) => reason)).toEqual([
      'always',
      'always; everything that it sets is overridden by others',
      'always',
    ]);
  });

  it('open slots merge key by key; null takes a key away with its reason', () => {
    const decided = apply([
      { settings: { banner: { text: null }, limit: 3 } },
      { settings: { banner: { text: 'no', colour: 'red' } }, content: { filters: { contentTypes: null } } },
    ]);
    expect(decided.config.settings).toEqual({ banner: { on: true, colour: 'red' }, limit: 3 });
    expect(decided.config.content.filters).toEqual({});
    expect(setBy(decided)).toEqual({
      theme: 'default',
      layout: 'default',
      'settings.limit': 'r0',
      'settings.banner.colour': 'r1',
    });
  });

  it('a value in place of an object hides what lower rules put into it', () => {
    const decided = apply([{ settings: { a: 1 } }, { settings: { a: { b: 2 } } }]);
    expect(decided.config.settings).toMatchObject({ a: 1 });
    expect(decided.applied[1]!.reason).toContain('overridden');
  });

  it('changes no input, and cannot leave a config without a fixed slot', () => {
    const before = structuredClone(defaults);
    expect(apply([{ theme: null, features: null, settings: null }]).config).toEqual(config);
    apply([{ settings: { banner: { text: 'x' } } }]);
    expect(defaults).toEqual(before);
  });

  it('keys that name prototypes stay keys', () => {
    const patch = JSON.parse('{"settings": {"__proto__": {"polluted": true}}}') as ConfigPatch;
    apply([patch]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('against one merge patch after the other', () => {
  const name = fc.constantFrom('a', 'b', 'banner', 'text', 'x.y');
  const scalar = fc.oneof(
    fc.integer({ min: 0, max: 9 }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(['l']),
  );
  const { open } = fc.letrec<{ open: Record<string, unknown>; value: unknown }>((tie) => ({
    open: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie('open')),
  }));
  const names = fc.array(fc.constantFrom('search', 'api', 'export'), { maxLength: 2 });
  const optional = { requiredKeys: [] };
  const patch = fc.record(
    {
      theme: fc.constantFrom('light', 'dark', 'simplified'),
      layout: fc.constantFrom('compact', 'spacious'),
      navigation: names,
      features: fc.record({ visible: names, hidden: names }, optional),
      content: fc.record({ difficulty: fc.constantFrom('advanced'), filters: open }, optional),
      settings: open,
    },
    optional,
  );

  it('gives the same config', () => {
    fc.assert(
      fc.property(fc.array(patch, { maxLength: 6 }), fc.array(patch, { maxLength: 2 }), (rules, arms) => {
        const lowestFirst = [...arms, ...rules].toReversed();
        const merged = lowestFirst.reduce<Record<string, unknown>>(
          (sum, one) => mergePatch(sum, one, ''),
          config,
        );
        expect(apply(rules, arms).config).toEqual(merged);
      }),
      { seed: 5, numRuns: 3_000 },
    );
  });

  it('names who set each slot: the value is that of their own patch', () => {
    fc.assert(
      fc.property(fc.array(patch, { maxLength: 6 }), (rules) => {
        for (const { path, by } of apply(rules).reasons) {
          if (by === undefined) continue;
          const own = slotAssignments(rules[Number(by.slice(1))]!).find((one) => one.path === path)!;
          const value = own.keys.reduce<unknown>(
            (node, key) => (node as Record<string, unknown>)[key],
            apply(rules).config,
          );
          expect(value).toEqual(own.value);
        }
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
