import type { ConfigInputs } from '../inputs.ts';
import type { ConfigDefaults, FeatureDefinition } from '../types.ts';
import { defaultContentTypes, defaultDifficulty } from './content.ts';
import { defaultFeatures } from './features.ts';
import { defaultLayout } from './layout.ts';
import { defaultNavigation, defaultShortcuts } from './navigation.ts';
import { neutralDefaults } from './neutral.ts';
import { reasonOf } from './slot.ts';
import { defaultTheme } from './theme.ts';

type Basis = Pick<ConfigInputs, 'facts' | 'device' | 'personalised'>;

const slotsOf = ({ facts, device }: Basis, declared: readonly FeatureDefinition[]) => {
  const features = defaultFeatures(declared, facts);
  return {
    theme: defaultTheme(facts),
    layout: defaultLayout(facts, device),
    features,
    navigation: defaultNavigation(declared, facts, features.visible.value),
    shortcuts: defaultShortcuts(facts, features.hidden.value),
    difficulty: defaultDifficulty(facts),
    contentTypes: defaultContentTypes(facts),
  };
};

const configOf = ({ theme, layout, features, ...slots }: ReturnType<typeof slotsOf>) => ({
  theme: theme.value,
  layout: layout.value,
  features: {
    visible: features.visible.value,
    hidden: features.hidden.value,
    highlighted: features.highlighted.value,
  },
  navigation: slots.navigation.value,
  shortcuts: slots.shortcuts.value,
  content: {
    difficulty: slots.difficulty.value,
    filters: slots.contentTypes ? { contentTypes: slots.contentTypes.value } : {},
  },
  settings: {},
});

const reasonsOf = (slots: ReturnType<typeof slotsOf>) => [
  reasonOf('theme', slots.theme),
  reasonOf('layout', slots.layout),
  reasonOf('features.visible', slots.features.visible),
  reasonOf('features.hidden', slots.features.hidden),
  reasonOf('features.highlighted', slots.features.highlighted),
  reasonOf('navigation', slots.navigation),
  reasonOf('shortcuts', slots.shortcuts),
  reasonOf('content.difficulty', slots.difficulty),
  ...(slots.contentTypes ? [reasonOf('content.filters.contentTypes', slots.contentTypes)] : []),
];

/**
 * The config before rules and experiments: what was stated, else what was seen (see `CONFIG_THRESHOLDS`), else the usual;
 * each slot says which, in words. Without consent it is the same for everybody.
 */
export const configDefaults = (basis: Basis, declared: readonly FeatureDefinition[]): ConfigDefaults => {
  if (!basis.personalised) return neutralDefaults(declared);
  const slots = slotsOf(basis, declared);
  return { config: configOf(slots), reasons: reasonsOf(slots) };
};
