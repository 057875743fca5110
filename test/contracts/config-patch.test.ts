import { describe, expect, it } from '@jest/globals';
import { configPatch, difficulty, layout, theme } from '../../contracts/config/patch.ts';
import { DIFFICULTIES, LAYOUTS, OPEN_SLOTS, SLOTS, THEMES } from '../../core/config/types.ts';

const EXAMPLES: Readonly<Record<string, unknown>> = {
  theme: 'dark',
  layout: 'compact',
  'content.difficulty': 'beginner',
  'content.filters': { topic: null },
  settings: { own: null, deep: { er: [1] } },
};

const at = (path: string, value: unknown): object =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as object;

describe('a patch on the config', () => {
  it('knows the words that core knows', () => {
    expect([theme.options, layout.options, difficulty.options]).toEqual([THEMES, LAYOUTS, DIFFICULTIES]);
  });

  it.each([...SLOTS, ...OPEN_SLOTS])('may set %s, but not to null', (slot) => {
    const value = EXAMPLES[slot] ?? ['a', 'b'];
    expect(configPatch.parse(at(slot, value))).toEqual(at(slot, value));
    expect(configPatch.safeParse(at(slot, null)).success).toBe(false);
  });

  it('names every slot to those who name another', () => {
    const message = configPatch.safeParse({ colour: 1 }).error?.issues[0]?.message;
    for (const slot of [...SLOTS, ...OPEN_SLOTS]) expect(message).toContain(slot);
  });
});
