import { beforeEach, describe, expect, it } from '@jest/globals';
import { conditionEngine } from '../../../adapters/conditions/condition-engine.ts';
import type { ConfigAnswer } from '../../../core/config/config-answer.ts';
import { configBody, configContent } from '../../../core/config/config-answer.ts';
import { type ConfigPorts, decideConfig } from '../../../core/config/decide-config.ts';
import { decisionCache } from '../../../core/config/decision-cache.ts';
import { noFeatures } from '../../../core/config/features/declared-features.ts';
import type { ConfigHeads } from '../../../core/decisions/ports.ts';
import { compileExperiments } from '../../../core/experiments/assignment/compile-experiments.ts';
import type { ExperimentBody, StickyAssignments } from '../../../core/experiments/types.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import type { LoadedUser } from '../../../core/profile/ports.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { compileRules } from '../../../core/rules/evaluate/compile-rules.ts';
import type { RuleBody } from '../../../core/rules/types.ts';
import { defaultSwitches, type Switches } from '../../../core/switches.ts';
import { defined } from '../../support/definitions.ts';
import { DAY, fold, NOW, series } from '../profile/histories.ts';

const engine = conditionEngine();

const rule = (parts: Partial<RuleBody>): RuleBody => ({
  name: 'a rule',
  enabled: true,
  priority: 0,
  contexts: [],
  condition: true,
  actions: { settings: { ruled: true } },
  ...parts,
});

const experiment: ExperimentBody = {
  key: 'dense',
  name: 'Dense',
  kind: 'ab',
  variants: [
    { key: 'control', weight: 0.5 },
    { key: 'treated', weight: 0.5, payload: { config: { layout: 'compact' } } },
  ],
  coverage: 1,
  metrics: [],
  status: 'running',
};

type World = {
  profile: LoadedUser['profile'];
  seq: number;
  uses: number;
  sticky: StickyAssignments;
  heads: ConfigHeads;
  rules: readonly RuleBody[];
  experiments: readonly ExperimentBody[];
  rulesVersion: number;
  /** The arm that an earlier attempt counted the user for. */
  countedFor?: string;
};

let world: World;
let log: string[];
let made = 0;

beforeEach(() => {
  log = [];
  world = {
    profile: newProfile('ada', NOW - 100 * DAY),
    seq: 1,
    uses: 5,
    sticky: {},
    heads: new Map(),
    rules: [],
    experiments: [],
    rulesVersion: 1,
  };
});

const loaded = (): LoadedUser => ({
  profile: world.profile,
  journal: { ...emptyState, seq: world.seq, behaviour: fold(...series(world.uses, { feature: 'export' })) },
  facts: new Set(),
  precomputed: undefined,
  config: { sticky: world.sticky, heads: world.heads },
  units: 1,
});

const definitions = <Body>(bodies: readonly Body[], version: number) => ({
  version,
  defined: bodies.map((body, i) => defined(`id-${i}`, body, i + 1)),
});

const portsOf = (switches: Partial<Switches> = {}, broken = false): ConfigPorts => ({
  users: {
    load: async (_, options) => {
      log.push(`load ${options?.parts}`);
      return loaded();
    },
  },
  outcomes: {
    expose: async (row) => {
      log.push('count');
      if (broken) throw new Error('no');
      return { ...row, variant: world.countedFor ?? row.variant };
    },
  },
  assignments: {
    expose: async (_, additions) => {
      log.push('expose');
      if (broken) throw new Error('no');
      world.sticky = { ...world.sticky, ...additions };
      return world.sticky;
    },
  },
  decisions: {
    putConfig: async ({ decisionId, context, digest, earlier }) => {
      log.push('trace');
      if (broken) throw new Error('no');
      world.heads = new Map([...earlier, [context, { decisionId, digest }]]);
    },
  },
  ruleSet: async () => compileRules(definitions(world.rules, world.rulesVersion), engine),
  experimentSet: async () => compileExperiments(definitions(world.experiments, 1), engine),
  features: async () => noFeatures,
  models: async () => {
    log.push('models');
    return undefined;
  },
  userSeal: async () => ({ seal: () => 'sealed-user', open: () => undefined }),
  switches: { ...defaultSwitches, ...switches },
  cache: decisionCache<ConfigAnswer>(3),
  traceLost: () => log.push('trace lost'),
  exposureLost: () => log.push('exposure lost'),
});

const ask = (ports: ConfigPorts, parts: object = {}): Promise<ConfigAnswer> => {
  made += 1;
  const id = String(made).padStart(26, '0');
  const question = { userId: 'ada', context: 'login', attributes: {}, now: NOW, newId: () => id, ...parts };
  return decideConfig(ports, question);
};

const later = (seconds: number) => ({ now: NOW + seconds * 1_000 });

describe('deciding a config', () => {
  it('takes one request to the table, and a trace and an arm where they are new', async () => {
    world.experiments = [experiment];
    const ports = portsOf({ cacheTtlSeconds: 0 });
    const first = await ask(ports);
    expect([log[0], ...log.slice(1).sort()]).toEqual(['load config', 'count', 'expose', 'trace']);
    expect(log.indexOf('count')).toBeLessThan(log.indexOf('expose'));
    expect(first.experiments).toHaveLength(1);
    expect(await ask(ports)).toMatchObject({
      decisionId: first.decisionId,
      source: 'computed',
      ttlSeconds: 0,
    });
    expect(log.slice(4)).toEqual(['load config']);
  });

  it('shows the arm that the user was counted for, where an earlier attempt drew another', async () => {
    world.experiments = [experiment];
    for (const arm of ['control', 'treated']) {
      world = { ...world, sticky: {}, countedFor: arm };
      const answer = await ask(portsOf({ cacheTtlSeconds: 0 }));
      expect(answer.experiments).toMatchObject([{ key: 'dense', variant: arm }]);
      expect(answer.config.layout === 'compact').toBe(arm === 'treated');
    }
  });

  it('loses a trace and an arm without a word to the caller', async () => {
    world.experiments = [experiment];
    const answer = await ask(portsOf({}, true));
    expect(answer.decisionId).toMatch(/^cfg\./);
    expect(log).toEqual(expect.arrayContaining(['trace lost', 'exposure lost']));
  });

  it('asks for learned models where a condition reads what they say, unless they are switched off', async () => {
    world.rules = [rule({ condition: { '>': [{ var: 'user.churn.risk' }, 0.5] } })];
    await ask(portsOf());
    expect(log).toContain('models');
    log = [];
    await ask(portsOf({ ml: false }));
    world.rules = [rule({ condition: { '>': [{ var: 'user.engagementLevel' }, 1] } })];
    await ask(portsOf());
    expect(log).not.toContain('models');
  });

  it('assigns no arm and holds nobody out where experiments are switched off', async () => {
    world.experiments = [experiment];
    world.rules = [rule({ holdout: 1 })];
    expect(await ask(portsOf())).toMatchObject({ appliedRules: [], heldOut: [{ version: 1 }] });
    const off = await ask(portsOf({ abTesting: false }));
    expect(off).toMatchObject({ experiments: [], heldOut: [], config: { settings: { ruled: true } } });
  });
});

describe('an answer that is kept', () => {
  it('is given again until its time is over', async () => {
    const ports = portsOf();
    const first = await ask(ports);
    expect(await ask(ports, later(59))).toEqual({ ...first, source: 'cache', ttlSeconds: 1 });
    expect(await ask(ports, later(60))).toMatchObject({ source: 'computed', generatedAt: NOW + 60_000 });
  });

  it.each<[string, Partial<World>]>([
    ['the profile', { profile: { ...newProfile('ada', NOW - 100 * DAY), version: 2 } }],
    ['what the user did', { seq: 2, uses: 9 }],
    ['the arms', { sticky: { line: ['a', NOW] } }],
    ['the rules', { rulesVersion: 2, rules: [rule({})] }],
  ])('is not, once %s changed', async (_, change) => {
    const ports = portsOf();
    await ask(ports);
    world = { ...world, ...change };
    expect(await ask(ports)).toMatchObject({ source: 'computed' });
  });

  it('stays as it is without realtime, whatever the user does, until its time is over', async () => {
    const ports = portsOf({ realtime: false });
    const first = await ask(ports);
    world = { ...world, seq: 2, uses: 9 };
    expect(await ask(ports, later(30))).toMatchObject({ source: 'cache', reasons: first.reasons });
    expect((await ask(ports, later(60))).reasons).not.toEqual(first.reasons);
  });

  it('is another for another context, device, locale or attributes', async () => {
    const ports = portsOf();
    await ask(ports);
    for (const parts of [{ context: 'x' }, { device: 'mobile' }, { locale: 'nl' }, { attributes: { a: 1 } }])
      expect(await ask(ports, parts)).toMatchObject({ source: 'computed' });
  });

  it('ends with the hour where a condition reads the clock, and with a schedule', async () => {
    world.rules = [rule({ condition: { '>=': [{ var: 'now.hour' }, 13] } })];
    const ports = portsOf({ cacheTtlSeconds: 7_200 });
    expect((await ask(ports)).config.settings).toEqual({});
    expect(await ask(ports, later(3_599))).toMatchObject({ source: 'cache' });
    expect((await ask(ports, later(3_600))).config.settings).toEqual({ ruled: true });

    world = { ...world, rulesVersion: 2, rules: [rule({ schedule: { from: '2026-11-20T12:00:07.250Z' } })] };
    expect(await ask(ports)).toMatchObject({ ttlSeconds: 7, config: { settings: {} } });
    expect(await ask(ports, { now: NOW + 7_249 })).toMatchObject({ source: 'cache', ttlSeconds: 0 });
    expect((await ask(ports, { now: NOW + 7_250 })).config.settings).toEqual({ ruled: true });
  });

  it('ends with a schedule that begins and ends again before its time is over', async () => {
    const schedule = { from: '2026-11-20T12:05:00Z', to: '2026-11-20T12:10:00Z' };
    world.rules = [rule({ schedule })];
    const ports = portsOf({ cacheTtlSeconds: 7_200 });
    expect(await ask(ports)).toMatchObject({ ttlSeconds: 300, config: { settings: {} } });
    expect(await ask(ports, later(300))).toMatchObject({
      ttlSeconds: 300,
      config: { settings: { ruled: true } },
    });
    expect(await ask(ports, later(600))).toMatchObject({ ttlSeconds: 7_200, config: { settings: {} } });
  });

  it('goes out when there are too many', () => {
    const cache = decisionCache<string>(2);
    for (const key of ['a', 'b', 'a', 'c']) cache.set(key, { fingerprint: 'f', value: key, expiresAt: 10 });
    expect(['a', 'b', 'c'].map((key) => cache.get(key, 'f', 9)?.value)).toEqual(['a', undefined, 'c']);
    expect(cache.get('a', 'other', 9)).toBeUndefined();
    expect(cache.get('a', 'f', 10)).toBeUndefined();
  });
});

describe('two answers', () => {
  it('have the same content where they differ in when and how they came about alone', async () => {
    const ports = portsOf();
    const [first, again] = [await ask(ports), await ask(ports, later(10))];
    expect(configContent(again)).toEqual(configContent(first));
    world.rules = [rule({})];
    world.rulesVersion = 2;
    expect(configContent(await ask(ports))).not.toEqual(configContent(first));
    expect(JSON.parse(JSON.stringify(configBody(first)))).toEqual(configBody(first));
  });
});
