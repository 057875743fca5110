import type { ProfileView } from '../../profile/view/profile-view.ts';

/** `value`: can be read. `open`: can be read, and so can every path below. An object: only what is in it; `*` is any name. */
export type Readable = 'value' | 'open' | { readonly [key: string]: Readable };

/** Fields that conditions read elsewhere, in a form that they can compare. */
type Elsewhere = 'segments' | 'features';

/** A new field of the profile is not readable, or readable, by accident: it has to be named here. */
const user: Readable & Record<Exclude<keyof ProfileView, Elsewhere>, Readable> = {
  userId: 'value',
  email: 'value',
  attributes: 'open',
  preferences: 'open',
  questionnaire: 'open',
  learner: 'open',
  marketFocus: 'open',
  goals: 'open',
  contentPreferences: 'open',
  learnedSegment: 'open',
  skillLevel: 'value',
  engagementLevel: 'value',
  personalizationScore: 'value',
  churn: { risk: 'value', factors: 'open' },
  lifetimeValue: 'open',
  nextActions: 'open',
  workflowPatterns: 'open',
  sessions: { count: 'value', lastAt: 'value', medianMinutes: 'value', byHour: 'open' },
  devices: 'open',
  privacy: 'open',
  timezone: 'value',
  analytics: 'open',
  recentActivity: 'open',
  version: 'value',
  createdAt: 'value',
  updatedAt: 'value',
};

/**
 * What the conditions of rules may read. `segments` is the list of names, `confidence.<segment>` how sure it is (0-1),
 * `session` counts the user's sessions and the minutes of the present one, `features.<name>.count` says how often it was used in all,
 * `now` is on the user's clock, `experiments.<key>` the arm of a running experiment.
 */
export const RULE_VARIABLES: Readable = {
  user,
  segments: 'open',
  confidence: { '*': 'value' },
  session: { count: 'value', minutes: 'value' },
  features: { '*': { count: 'value' } },
  device: 'value',
  locale: 'value',
  context: 'value',
  now: { hour: 'value', weekday: 'value', iso: 'value' },
  experiments: { '*': 'value' },
};

const { experiments: _, ...ofExperiments } = RULE_VARIABLES as Record<string, Readable>;

/** The same for conditions of experiments, which know no arms: nobody takes part because of taking part. */
export const EXPERIMENT_VARIABLES: Readable = ofExperiments;

/** What can be read at or below a node: `value` and `open` are readable, `unknown` is not, a group is read by one of its names. */
export type Reading =
  | { readonly kind: 'readable' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'group'; readonly names: readonly string[] };

const childOf = (node: Exclude<Readable, string>, key: string): Readable | undefined =>
  Object.hasOwn(node, key) ? node[key] : node['*'];

/** Whether a path can be read. */
export const readingOf = (variables: Readable, keys: readonly string[]): Reading => {
  let node: Readable = variables;
  for (const key of keys) {
    if (node === 'open') return { kind: 'readable' };
    const child: Readable | undefined = node === 'value' ? undefined : childOf(node, key);
    if (child === undefined) return { kind: 'unknown' };
    node = child;
  }
  if (typeof node === 'string') return { kind: 'readable' };
  return { kind: 'group', names: Object.keys(node).map((name) => (name === '*' ? '<name>' : name)) };
};

const pathsBelow = (node: Readable, path: string): string[] => {
  if (typeof node === 'string') return [path];
  return Object.entries(node).flatMap(([key, child]) => {
    const name = key === '*' ? '<name>' : key;
    return pathsBelow(child, path === '' ? name : `${path}.${name}`);
  });
};

/** Every path that can be read; `<name>` stands for any. */
export const readablePaths = (variables: Readable): string[] => pathsBelow(variables, '');
