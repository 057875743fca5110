import { seededRandom } from '../../core/numbers/seeded-random.ts';

const CONTEXTS = ['login', 'dashboard', 'settings', 'mobile'];
const THEMES = ['light', 'dark', 'simplified'];
const LAYOUTS = ['compact', 'comfortable', 'spacious'];
const SEGMENTS = ['new_user', 'casual_user', 'feature_explorer', 'power_user', 'mobile_first'];
export const FEATURES = Array.from({ length: 24 }, (_, n) => `feature-${n}`);

type Random = () => number;

const one = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const clause = (random: Random): unknown => {
  const kind = Math.floor(random() * 5);
  if (kind === 0) return { '>=': [{ var: 'user.engagementLevel' }, 1 + Math.floor(random() * 4)] };
  if (kind === 1) return { in: [one(random, SEGMENTS), { var: 'segments' }] };
  if (kind === 2)
    return { '>': [{ var: `features.${one(random, FEATURES)}.count` }, Math.floor(random() * 4)] };
  if (kind === 3) return { '==': [{ var: 'device' }, one(random, ['mobile', 'desktop'])] };
  return { '<': [{ var: 'session.count' }, 1 + Math.floor(random() * 20)] };
};

const actions = (random: Random, n: number): Record<string, unknown> => {
  const kind = n % 4;
  if (kind === 0) return { theme: one(random, THEMES) };
  if (kind === 1) return { layout: one(random, LAYOUTS) };
  if (kind === 2) return { features: { highlighted: [one(random, FEATURES), `promo-${n}`] } };
  return { settings: { [`banner-${n % 7}`]: `text ${n}` } };
};

/** Rules of three clauses each, as an administrator posts them; half of them for one context only. */
export const generatedRules = (count: number, seed: number): Record<string, unknown>[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => ({
    name: `Rule ${n}`,
    priority: Math.floor(random() * 100),
    contexts: n % 2 === 0 ? [] : [one(random, CONTEXTS)],
    condition: { [n % 3 === 0 ? 'or' : 'and']: [clause(random), clause(random), clause(random)] },
    actions: actions(random, n),
  }));
};

/** One question for a config, over all contexts and devices. */
export const generatedQuestion = (random: Random, users: readonly string[]) => ({
  userId: one(random, users),
  context: one(random, CONTEXTS),
  device: one(random, ['mobile', 'desktop']),
});
