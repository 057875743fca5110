import { describe, expect, it } from '@jest/globals';
import type { ConfigAsk } from '../../../core/config/inputs.ts';
import type { Config } from '../../../core/config/types.ts';
import { NotFound } from '../../../core/errors.ts';
import { DEFAULT_CONTEXT } from '../../../core/flags/ask-of-context.ts';
import {
  comparable,
  evaluateFlag,
  evaluateFlags,
  type FlagDecision,
  type FlagPorts,
} from '../../../core/flags/evaluate-flags.ts';
import { askedSlots, strategyOf } from '../../../core/flags/recommendation-flags.ts';
import type { EvaluationContext } from '../../../core/flags/types.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

const config: Config = {
  theme: 'light',
  layout: 'comfortable',
  features: { visible: [], hidden: [], highlighted: [] },
  navigation: [],
  shortcuts: [],
  content: { difficulty: 'beginner', filters: {} },
  settings: {},
};

/** Ports that note what they are asked for; nothing here recommends. */
const world = (change: Partial<FlagDecision> = {}) => {
  const asked: ConfigAsk[] = [];
  const ports: FlagPorts = {
    config: async ({ newId: _, ...ask }) => {
      asked.push(ask);
      const reasons = [{ path: 'theme', source: 'default' as const, reason: 'Nothing is known' }];
      const provenance = { decisionId: 'd-1', generatedAt: NOW, source: 'computed' as const, ttlSeconds: 60 };
      return { config, reasons, assignments: [], ...provenance, ...change };
    },
    experiments: async () => ({ experiments: [] }),
    abTesting: () => true,
    serving: () => {
      throw new Error('nothing was asked for that costs a recommendation');
    },
  };
  return { ports, asked };
};
const ask = (context: Partial<EvaluationContext> = {}) => ({
  context: { targetingKey: 'ada', ...context },
  now: NOW,
  newId: () => 'id',
});

describe('an evaluation', () => {
  it('asks for the config with what the evaluation context says', async () => {
    const { ports, asked } = world();
    const context = {
      context: 'dashboard',
      device: { type: 'Mobile' },
      locale: 'nl',
      plan: 'pro',
      team: { size: 3 },
    };
    await evaluateFlags(ports, ask({ ...context, recommendations: 'nothing-known' }));
    await evaluateFlag(ports, ask(), 'theme');
    expect(asked).toEqual([
      {
        userId: 'ada',
        context: 'dashboard',
        device: 'mobile',
        locale: 'nl',
        attributes: { plan: 'pro', team: { size: 3 } },
        now: NOW,
      },
      {
        userId: 'ada',
        context: DEFAULT_CONTEXT,
        device: undefined,
        locale: undefined,
        attributes: {},
        now: NOW,
      },
    ]);
  });

  it('of one flag says where it comes from; of a key that is none, that there is none', async () => {
    const { ports } = world();
    expect(await evaluateFlag(ports, ask(), 'theme')).toEqual({
      key: 'theme',
      value: 'light',
      variant: 'light',
      reason: 'DEFAULT',
      metadata: {
        decisionId: 'd-1',
        from: 'default',
        reason: 'Nothing is known',
        source: 'computed',
        generatedAt: '2026-11-21T12:00:00.000Z',
      },
    });
    for (const key of ['nothing', 'recommendations.magic', 'experiments.none', 'settings.banner'])
      await expect(evaluateFlag(ports, ask(), key)).rejects.toThrow(NotFound);
  });

  it('that may not be personal says so', async () => {
    const { ports } = world({ source: 'fallback', reason: 'The user opted out' });
    const { metadata } = await evaluateFlag(ports, ask(), 'theme');
    expect(metadata).toMatchObject({ source: 'fallback', reason: 'Nothing is known; The user opted out' });
    const bulk = await evaluateFlags(ports, ask());
    expect(bulk.metadata).toMatchObject({ source: 'fallback', reason: 'The user opted out' });
  });
});

describe('what makes two bulk evaluations the same', () => {
  const bulk = async (change: Partial<FlagDecision>) =>
    JSON.stringify(comparable(await evaluateFlags(world(change).ports, ask())));

  it('is what the flags say and which decision they are of, not when and how it came about', async () => {
    const first = await bulk({});
    expect(await bulk({ source: 'cache', generatedAt: NOW + 5_000, ttlSeconds: 3 })).toBe(first);
    expect(await bulk({ config: { ...config, theme: 'dark' } })).not.toBe(first);
    expect(await bulk({ decisionId: 'd-2' })).not.toBe(first);
    expect(await bulk({ reasons: [] })).not.toBe(first);
  });

  it('is not the id of a decision that nobody can look up', async () => {
    const nobody = { source: 'fallback' as const, reason: 'The user opted out' };
    expect(await bulk({ ...nobody, decisionId: 'd-3' })).toBe(await bulk({ ...nobody, decisionId: 'd-4' }));
  });
});

describe('recommendation slots', () => {
  it('are known by their strategy', () => {
    expect(strategyOf('recommendations')).toBe('hybrid');
    expect(strategyOf('recommendations.trending')).toBe('trending');
    for (const key of ['recommendations.', 'recommendations.toString', 'recommend', 'Recommendations.hybrid'])
      expect(strategyOf(key)).toBeUndefined();
  });

  it.each([
    [undefined, []],
    ['hybrid', ['recommendations.hybrid']],
    [' trending, hybrid,trending', ['recommendations.hybrid', 'recommendations.trending']],
    [['popular', 'magic', 7], ['recommendations.popular']],
    [{ hybrid: true }, []],
  ])('come along where they are asked for: %j', (asked, keys) => {
    expect(askedSlots(asked)).toEqual(keys);
  });
});
