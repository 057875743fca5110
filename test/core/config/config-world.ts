import { noFacts } from '../../../core/config/facts.ts';
import type { ConfigFacts } from '../../../core/config/inputs.ts';
import type { FeatureDefinition } from '../../../core/config/types.ts';

/** Somebody known, neither new nor a power user. */
export const usualFacts: ConfigFacts = { ...noFacts, interactions: 40, skill: 'intermediate' };

/** One for everybody, two for beginners, two intermediate, two advanced; five of them in the navigation. */
export const declared: readonly FeatureDefinition[] = [
  { feature: 'home', title: 'Home', navigation: 1 },
  { feature: 'search', title: 'Search', level: 'beginner', navigation: 2 },
  { feature: 'filter', title: 'Filter', level: 'beginner', navigation: 3 },
  { feature: 'export', title: 'Export', level: 'intermediate', navigation: 4 },
  { feature: 'audit', title: 'Audit', level: 'advanced', navigation: 5 },
  { feature: 'share', title: 'Share', level: 'intermediate' },
  { feature: 'api', title: 'API', level: 'advanced' },
];
