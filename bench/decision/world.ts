import type { ConfigDefaults, ConfigPatch } from '../../core/config/types.ts';
import type { DefinitionSet } from '../../core/definitions/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { Json, RuleBody } from '../../core/rules/types.ts';

/** One rule's three clauses, in no engine's words. */
export type Clauses = { readonly level: number; readonly segment: string; readonly plan: string };

/** A user as every engine sees it. */
export type Facts = {
  readonly userId: string;
  readonly engagementLevel: number;
  readonly segments: readonly string[];
  readonly plan: string;
};

const SEGMENTS = [
  'new_user',
  'casual_user',
  'feature_explorer',
  'power_user',
  'goal_oriented',
  'mobile_first',
];
const PLANS = ['free', 'team', 'pro'];
export const FEATURES = ['export', 'search', 'api', 'reports', 'automation', 'sharing'];
const DAY = 86_400_000;

const random = seededRandom(20_261_121);
const upTo = (count: number): number => Math.floor(random() * count);
const oneOf = <T>(list: readonly T[]): T => list[upTo(list.length)]!;

/** Rules of three clauses each, of which a user meets about one in ten. */
export const generatedClauses = (count: number): Clauses[] =>
  Array.from({ length: count }, () => ({
    level: 1 + upTo(5),
    segment: oneOf(SEGMENTS),
    plan: oneOf(PLANS),
  }));

export const generatedUsers = (count: number): Facts[] =>
  Array.from({ length: count }, (_, n) => ({
    userId: `user-${n}`,
    engagementLevel: 1 + upTo(5),
    segments: SEGMENTS.filter(() => random() < 0.5),
    plan: oneOf(PLANS),
  }));

/** A user's values by path, as a decision is given them. */
export const valuesOf = ({ engagementLevel, segments, plan }: Facts): Record<string, unknown> => ({
  'user.engagementLevel': engagementLevel,
  'user.attributes.plan': plan,
  segments,
});

export const conditionOf = ({ level, segment, plan }: Clauses): Json => ({
  and: [
    { '>=': [{ var: 'user.engagementLevel' }, level] },
    { in: [segment, { var: 'segments' }] },
    { '==': [{ var: 'user.attributes.plan' }, plan] },
  ],
});

/** One to three slots, on which rules disagree. */
const actionsOf = (): ConfigPatch => {
  const patches: ConfigPatch[] = [
    { theme: oneOf(['light', 'dark', 'simplified']) },
    { layout: oneOf(['compact', 'comfortable', 'spacious']) },
    { features: { highlighted: [oneOf(FEATURES)] } },
    { navigation: [oneOf(FEATURES), 'settings'] },
    { content: { difficulty: oneOf(['beginner', 'intermediate', 'advanced']) } },
    { content: { filters: { topic: oneOf(FEATURES) } } },
    { settings: { banner: oneOf(FEATURES), [`flag${upTo(20)}`]: { on: true, level: upTo(9) } } },
  ];
  return Object.assign({}, ...Array.from({ length: 1 + upTo(3) }, () => oneOf(patches)));
};

export const ruleSetOf = (clauses: readonly Clauses[]): DefinitionSet<RuleBody> => ({
  version: clauses.length,
  defined: clauses.map((each, n) => ({
    setVersion: n + 1,
    id: `rule-${n}`,
    version: 1,
    action: 'created',
    body: {
      name: `Rule ${n}`,
      enabled: true,
      priority: upTo(10),
      contexts: [],
      condition: conditionOf(each),
      actions: actionsOf(),
    },
    createdAt: n * DAY,
    changedAt: n * DAY,
    changedBy: 'bench',
    earlier: [],
  })),
});

/** What users without any rule get. */
export const plainDefaults: ConfigDefaults = {
  config: {
    theme: 'light',
    layout: 'comfortable',
    features: { visible: ['search', 'export'], hidden: ['api'], highlighted: [] },
    navigation: ['search', 'export', 'settings'],
    shortcuts: ['search'],
    content: { difficulty: 'beginner', filters: {} },
    settings: {},
  },
  reasons: [
    'theme',
    'layout',
    'features.visible',
    'features.hidden',
    'navigation',
    'shortcuts',
    'content.difficulty',
  ].map((path) => ({ path, source: 'default', reason: 'Nothing is known yet' })),
};
