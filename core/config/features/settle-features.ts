import type { Config, ConfigDefaults, ValueReason } from '../types.ts';

type Names = readonly string[];

/** Slots in which a name says that the feature is there. */
const showing = ({ features, navigation, shortcuts }: Config): Readonly<Record<string, Names>> => ({
  'features.visible': features.visible,
  'features.highlighted': features.highlighted,
  navigation,
  shortcuts,
});

/** Slots that rules or arms set: they mean what they say, and what was made from behaviour gives way. */
const orderedSlots = (reasons: readonly ValueReason[]): ReadonlySet<string> =>
  new Set(
    reasons.filter(({ source }) => source === 'rule' || source === 'experiment').map(({ path }) => path),
  );

const without = (names: Names, gone: ReadonlySet<string>): Names =>
  names.some((name) => gone.has(name)) ? names.filter((name) => !gone.has(name)) : names;

const hide = (config: Config, gone: ReadonlySet<string>): Config => ({
  ...config,
  features: {
    visible: without(config.features.visible, gone),
    hidden: config.features.hidden,
    highlighted: without(config.features.highlighted, gone),
  },
  navigation: without(config.navigation, gone),
  shortcuts: without(config.shortcuts, gone),
});

/** Names that rules or arms put anywhere are not hidden by default; where no rule lists the visible ones they join them. */
const show = (config: Config, ordered: ReadonlySet<string>): Config => {
  const { visible, hidden, highlighted } = config.features;
  const named = Object.entries(showing(config)).flatMap(([slot, names]) => (ordered.has(slot) ? names : []));
  const shown = new Set(named);
  const joining = ordered.has('features.visible')
    ? []
    : hidden.filter((name) => shown.has(name) && !visible.includes(name));
  const features = { visible: [...visible, ...joining], hidden: without(hidden, shown), highlighted };
  return { ...config, features };
};

/**
 * Takes the contradiction out of the feature lists after rules and arms: a feature that a rule shows, points out or puts into the
 * navigation or the shortcuts is no longer hidden by default, and one that a rule hides is nowhere else (where rules both show and
 * hide it, it is hidden).
 */
export const settleFeatures = ({ config, reasons }: ConfigDefaults): Config => {
  const { hidden } = config.features;
  if (hidden.length === 0) return config;
  const ordered = orderedSlots(reasons);
  if (ordered.size === 0) return config;
  return ordered.has('features.hidden') ? hide(config, new Set(hidden)) : show(config, ordered);
};
