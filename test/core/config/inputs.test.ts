import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { configFacts } from '../../../core/config/facts.ts';
import { declaredFeatures, noFeatures } from '../../../core/config/features/declared-features.ts';
import type { ConfigAsk } from '../../../core/config/inputs.ts';
import { type ConfigSources, inputsFrom } from '../../../core/config/inputs-from.ts';
import { sessionMinutes, valuesOf } from '../../../core/config/rule-data.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { newProfile, type StoredProfile } from '../../../core/profile/stored-profile.ts';
import { anyHistory, DAY, fold, interaction, MINUTE, NOW, series } from '../profile/histories.ts';

const ada: StoredProfile = {
  ...newProfile('ada', NOW - 400 * DAY),
  email: 'ada@example.org',
  attributes: { plan: 'free', team: { size: 4 } },
  preferences: { theme: 'dark' },
  timezone: 'America/New_York',
  version: 3,
};

const ask: ConfigAsk = {
  userId: 'ada',
  context: 'dashboard',
  device: 'mobile',
  locale: 'nl-NL',
  attributes: {},
  now: NOW,
};

const sources = (reads: string[]): ConfigSources => ({
  rules: { version: 4, reads },
  experiments: { version: 2, reads: [] },
  features: noFeatures,
  abTesting: true,
});

const strict: StoredProfile = { ...ada, privacy: { ...ada.privacy, optOut: true } };

const feature = (itemId: string, level?: string, attributes: Record<string, unknown> = {}) => ({
  itemId,
  type: 'feature',
  title: itemId,
  tags: [],
  topics: [],
  genres: [],
  skills: [],
  level,
  attributes,
  updatedAt: '2026-11-01T00:00:00.000Z',
});

describe('features that the catalogue declares', () => {
  it('are listed in the order of the navigation, then by name, each once', () => {
    const items = [
      feature('zoom', 'Expert'),
      feature('export', 'intermediate', { navigation: 2 }),
      feature('home', 'somebody', { navigation: 1 }),
      feature('export-2', 'advanced', { feature: 'export' }),
      feature('api', 'advanced', { navigation: 'first' }),
    ];
    expect(declaredFeatures(items, NOW).list).toEqual([
      { feature: 'home', title: 'home', navigation: 1 },
      { feature: 'export', title: 'export', level: 'intermediate', navigation: 2 },
      { feature: 'api', title: 'api', level: 'advanced' },
      { feature: 'zoom', title: 'zoom' },
    ]);
  });

  it('leave out what expired, and tell one declaration from another', () => {
    const [home, old] = [feature('home'), { ...feature('old'), expiresAt: new Date(NOW).toISOString() }];
    const declared = declaredFeatures([home, old], NOW);
    expect(declared.list).toHaveLength(1);
    expect(declared.fingerprint).toBe(declaredFeatures([home], NOW).fingerprint);
    expect(declared.fingerprint).not.toBe(declaredFeatures([feature('home', 'advanced')], NOW).fingerprint);
    expect(declaredFeatures([], NOW)).toEqual(noFeatures);
  });
});

describe('facts', () => {
  const about = (interactions: Parameters<typeof fold>, timezone = 'UTC', features = noFeatures) =>
    configFacts({ profile: ada, behaviour: fold(...interactions) }, { now: NOW, timezone, features });

  it('count use by night on the clock of the user', () => {
    const atNoon = series(10, { every: DAY });
    expect(about(atNoon).nightPercent).toBe(0);
    expect(about(atNoon, 'Pacific/Auckland').nightPercent).toBe(100);
    expect(about(atNoon, 'Asia/Kolkata').nightPercent).toBe(0);
    expect(about(atNoon, 'Nowhere/Else').nightPercent).toBe(0);
  });

  it('name the most used device, what was used most lately, and what is adopted by tier', () => {
    const history = [
      ...series(6, { every: DAY, device: 'mobile', feature: 'search', ago: DAY }),
      ...series(2, { device: 'desktop', feature: 'export' }),
      ...series(30, { feature: 'undeclared', ago: 300 * DAY }),
    ];
    const declared = declaredFeatures([feature('search', 'beginner'), feature('export', 'advanced')], NOW);
    const facts = about(history as Parameters<typeof fold>, 'UTC', declared);
    expect(facts.device).toEqual(['mobile', 75, 8]);
    expect(facts.features).toEqual([
      ['search', 6],
      ['export', 2],
    ]);
    expect(facts.adopted).toEqual([1, 0, 0]);
    expect(about(history as Parameters<typeof fold>).features.map(([name]) => name)).toContain('undeclared');
    expect(facts.stated).toEqual({ theme: 'dark' });
  });
});

describe('what conditions read', () => {
  const behaviour = fold(
    interaction({
      feature: 'report.pdf',
      sessionId: 's1',
      firstOfSession: true,
      occurredAt: NOW - 12 * MINUTE,
    }),
    interaction({ feature: 'report.pdf', sessionId: 's1', occurredAt: NOW - 2 * MINUTE }),
    interaction({ feature: 'search', sessionId: 's0', firstOfSession: true, occurredAt: NOW - 2 * DAY }),
  );
  const source = { ask, timezone: 'America/New_York', known: { profile: ada, behaviour } };
  const read = (...paths: string[]) => valuesOf(paths, source);

  it('is what the profile, the behaviour, the request and the clock say', () => {
    expect(
      read(
        'user.attributes.plan',
        'user.attributes.team.size',
        'user.analytics.interactions',
        'user.sessions.count',
        'user.email',
        'session.count',
        'session.minutes',
        'features.report\\.pdf.count',
        'features.never.count',
        'segments',
        'confidence.new_user',
        'confidence.power_user',
        'context',
        'device',
        'locale',
        'now.hour',
        'now.weekday',
        'now.iso',
      ),
    ).toEqual({
      'user.attributes.plan': 'free',
      'user.attributes.team.size': 4,
      'user.analytics.interactions': 3,
      'user.sessions.count': 2,
      'user.email': 'ada@example.org',
      'session.count': 2,
      'session.minutes': 12,
      'features.report\\.pdf.count': 2,
      'features.never.count': 0,
      segments: ['new_user'],
      'confidence.new_user': 1,
      'confidence.power_user': 0,
      context: 'dashboard',
      device: 'mobile',
      locale: 'nl-NL',
      'now.hour': 7,
      'now.weekday': 5,
      'now.iso': '2026-11-20T07:00:00-05:00',
    });
  });

  it('is nothing where there is nothing, and never what prototypes hold', () => {
    const paths = [
      'user.learner.age',
      'user.nowhere',
      'user.attributes.plan.length',
      'elsewhere.x',
      'experiments.x',
    ];
    const hostile = [
      'user.constructor.name',
      'user.attributes.__proto__',
      'user.attributes.toString',
      'context.length',
    ];
    expect(read(...paths, ...hostile)).toEqual({});
  });

  it('lets what the application knows now go over the stored attributes', () => {
    const said = { ...source, ask: { ...ask, attributes: { plan: 'pro', cart: { total: 9 } } } };
    const paths = ['user.attributes.plan', 'user.attributes.cart.total', 'user.attributes.team.size'];
    expect(valuesOf(paths, said)).toEqual({
      'user.attributes.plan': 'pro',
      'user.attributes.cart.total': 9,
      'user.attributes.team.size': 4,
    });
  });

  it('counts the minutes of a session that goes on, and none between sessions', () => {
    expect(sessionMinutes(behaviour, NOW + 27 * MINUTE)).toBe(39);
    expect(sessionMinutes(behaviour, NOW + 29 * MINUTE)).toBe(0);
    expect(sessionMinutes(emptyBehaviour(), NOW)).toBe(0);
  });
});

describe('the inputs of a decision', () => {
  const user = (profile: StoredProfile | undefined) => ({
    profile,
    behaviour: fold(...series(30, { feature: 'export' })),
    sticky: { line: ['b', NOW] as const },
  });
  const reads = ['context', 'device', 'now.hour', 'segments', 'user.attributes.plan', 'user.churn.risk'];

  it('hold the values that the rules and experiments read, and the versions', () => {
    const inputs = inputsFrom(user(ada), ask, {
      ...sources(reads),
      experiments: { version: 2, reads: ['locale'] },
    });
    expect(Object.keys(inputs.values).sort()).toEqual([...reads, 'locale'].sort());
    expect(inputs).toMatchObject({
      ruleSetVersion: 4,
      experimentSetVersion: 2,
      timezone: 'America/New_York',
      personalised: true,
    });
  });

  it('hold nothing about somebody who opted out, also not what the application sends along', () => {
    const asked = { ...ask, attributes: { plan: 'secret' } };
    const inputs = inputsFrom(user(strict), asked, sources(reads));
    expect(inputs).toEqual({
      ...inputsFrom({ profile: strict, behaviour: undefined, sticky: {} }, ask, sources(reads)),
      personalised: false,
    });
    expect(inputs.values).toEqual({ context: 'dashboard', device: 'mobile', 'now.hour': 12 });
    expect(inputs.facts.interactions).toBe(0);
    expect(JSON.stringify(inputs)).not.toMatch(/secret|free|export|New_York|line/);
  });

  it('are those of a new user where nobody is known', () => {
    const inputs = inputsFrom({ profile: undefined, behaviour: undefined, sticky: {} }, ask, sources(reads));
    expect(inputs.facts.segments).toEqual([{ name: 'new_user', confidence: 1 }]);
    expect(inputs.timezone).toBe('UTC');
  });

  it('are plain JSON for any history', () => {
    fc.assert(
      fc.property(anyHistory(40), (history) => {
        const behaviour = foldInteractions(emptyBehaviour(), history);
        const everything = [
          ...reads,
          'user.recentActivity',
          'user.workflowPatterns',
          'features.__proto__.count',
        ];
        const inputs = inputsFrom({ profile: ada, behaviour, sticky: {} }, ask, sources(everything));
        expect(JSON.parse(JSON.stringify(inputs))).toEqual(inputs);
      }),
      { seed: 11, numRuns: 60 },
    );
  });
});
