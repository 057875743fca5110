import type { BehaviourFeature } from '../../../profile/view/behaviour-vector.ts';

/** What a feature is called in a segment's name where it is far above or below the average; '' says nothing. */
type Words = { trait: string; high: string; low: string };

/** In the order in which words stand in a name; of features of one trait, the most distinguishing speaks. */
const WORDS: Record<BehaviourFeature, Words> = {
  age: { trait: 'age', high: 'long-standing', low: 'new' },
  recency: { trait: 'recency', high: 'lapsed', low: 'current' },
  silence: { trait: 'recency', high: 'silent', low: 'current' },
  trend: { trait: 'trend', high: 'growing', low: 'fading' },
  frequency: { trait: 'activity', high: 'frequent', low: 'occasional' },
  rate: { trait: 'activity', high: 'frequent', low: 'occasional' },
  activeWeeks: { trait: 'activity', high: 'steady', low: 'occasional' },
  sessions: { trait: 'activity', high: 'frequent', low: 'occasional' },
  engagement: { trait: 'engagement', high: 'engaged', low: 'passive' },
  signal: { trait: 'engagement', high: 'engaged', low: 'reserved' },
  opinion: { trait: 'opinion', high: 'satisfied', low: 'critical' },
  completionShare: { trait: 'completion', high: 'completing', low: 'browsing' },
  featureBreadth: { trait: 'breadth', high: 'exploring', low: 'focused' },
  actionBreadth: { trait: 'breadth', high: 'exploring', low: 'focused' },
  contentBreadth: { trait: 'breadth', high: 'varied', low: 'focused' },
  payments: { trait: 'payments', high: 'paying', low: 'non-paying' },
  sessionLength: { trait: 'length', high: 'long-session', low: 'short-session' },
  hourSpread: { trait: 'hours', high: 'round-the-clock', low: 'fixed-hour' },
  morningShare: { trait: 'hours', high: 'morning', low: '' },
  daytimeShare: { trait: 'hours', high: 'daytime', low: '' },
  eveningShare: { trait: 'hours', high: 'evening', low: '' },
  mobileShare: { trait: 'device', high: 'mobile', low: '' },
  desktopShare: { trait: 'device', high: 'desktop', low: '' },
};

const ORDER = Object.keys(WORDS);
/** A name begins with so many words, and has more only where another segment would be called the same. */
const FEWEST = 2;
/** Nearer to the average than this (in standard deviations), a feature says nothing. */
const TELLING = 0.25;

type Trait = { word: string; place: number; strength: number };

const isNamed = (feature: string): feature is BehaviourFeature => Object.hasOwn(WORDS, feature);

/** The words for one centroid, the most distinguishing first; one per trait. */
const traitsOf = (features: readonly string[], centroid: readonly number[]): Trait[] => {
  const byTrait = new Map<string, Trait>();
  features.forEach((feature, j) => {
    const z = centroid[j] ?? 0;
    if (!isNamed(feature) || Math.abs(z) < TELLING) return;
    const { trait, high, low } = WORDS[feature];
    const word = z > 0 ? high : low;
    const known = byTrait.get(trait);
    if (word === '' || (known && known.strength >= Math.abs(z))) return;
    byTrait.set(trait, { word, place: ORDER.indexOf(feature), strength: Math.abs(z) });
  });
  return [...byTrait.values()].sort((a, b) => b.strength - a.strength || a.place - b.place);
};

const nameOf = (traits: readonly Trait[], words: number): string => {
  const chosen = traits.slice(0, words).sort((a, b) => a.place - b.place);
  return [...chosen.map(({ word }) => word), 'users'].join(' ');
};

/** The shortest name that no earlier segment has; a number where the words run out. */
const freeName = (traits: readonly Trait[], taken: ReadonlySet<string>): string => {
  if (traits.length === 0 && !taken.has('average users')) return 'average users';
  for (let words = Math.min(FEWEST, traits.length); words <= traits.length; words++) {
    const name = nameOf(traits, words);
    if (words > 0 && !taken.has(name)) return name;
  }
  const base = traits.length === 0 ? 'average users' : nameOf(traits, FEWEST);
  let number = 2;
  while (taken.has(`${base} ${number}`)) number += 1;
  return `${base} ${number}`;
};

/**
 * A readable, unique name for every centroid (standardised, by `features`): its most distinguishing traits in a fixed
 * order, e.g. `frequent mobile users`. Depends on the centroids alone.
 */
export const clusterNames = (
  features: readonly string[],
  centroids: readonly (readonly number[])[],
): string[] => {
  const taken = new Set<string>();
  return centroids.map((centroid) => {
    const name = freeName(traitsOf(features, centroid), taken);
    taken.add(name);
    return name;
  });
};
