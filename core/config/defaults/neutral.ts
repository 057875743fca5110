import { CONSENT_REASON } from '../../privacy/consent.ts';
import type { Config, ConfigDefaults, FeatureDefinition } from '../types.ts';
import { SLOTS } from '../types.ts';

/** Nothing is read about the user: everything that is declared is shown, in the declared order. */
export const neutralConfig = (declared: readonly FeatureDefinition[]): Config => ({
  theme: 'light',
  layout: 'comfortable',
  features: { visible: declared.map(({ feature }) => feature), hidden: [], highlighted: [] },
  navigation: declared.flatMap(({ feature, navigation }) => (navigation === undefined ? [] : [feature])),
  shortcuts: [],
  content: { difficulty: 'intermediate', filters: {} },
  settings: {},
});

/** The same for everybody who does not allow personalisation. */
export const neutralDefaults = (declared: readonly FeatureDefinition[]): ConfigDefaults => ({
  config: neutralConfig(declared),
  reasons: SLOTS.map((path) => ({ path, source: 'default' as const, reason: CONSENT_REASON })),
});
