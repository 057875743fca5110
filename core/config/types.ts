export const THEMES = ['light', 'dark', 'simplified'] as const;
export const LAYOUTS = ['compact', 'comfortable', 'spacious'] as const;
export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;

export type Theme = (typeof THEMES)[number];
export type Layout = (typeof LAYOUTS)[number];
export type Difficulty = (typeof DIFFICULTIES)[number];

/** What an application asks on every page load. `content.filters` and `settings` are open objects, everything else is fixed. */
export type Config = {
  readonly theme: Theme;
  readonly layout: Layout;
  readonly features: {
    readonly visible: readonly string[];
    readonly hidden: readonly string[];
    readonly highlighted: readonly string[];
  };
  /** Order of the navigation's entries. */
  readonly navigation: readonly string[];
  /** What deserves a shortcut, the most used first. */
  readonly shortcuts: readonly string[];
  readonly content: {
    readonly difficulty: Difficulty;
    readonly filters: Readonly<Record<string, unknown>>;
  };
  /** The tenant's own values, set by rules and experiments. */
  readonly settings: Readonly<Record<string, unknown>>;
};

/** A JSON merge patch (RFC 7396) on a config, already checked against its schema. */
export type ConfigPatch = Readonly<Record<string, unknown>>;

/** The fixed slots, as dotted paths. Below `content.filters` and `settings` every path is a slot of its own. */
export const SLOTS = [
  'theme',
  'layout',
  'features.visible',
  'features.hidden',
  'features.highlighted',
  'navigation',
  'shortcuts',
  'content.difficulty',
] as const;

export const OPEN_SLOTS = ['content.filters', 'settings'] as const;

/** Where a value comes from: what was stated, what was done, nothing known (`default`), a rule, an experiment's arm. */
export type ValueSource = 'stated' | 'behaviour' | 'default' | 'rule' | 'experiment';

/** Why one slot holds its value; `by` is the rule's id or the experiment's key. */
export type ValueReason = {
  readonly path: string;
  readonly source: ValueSource;
  readonly by?: string;
  readonly reason: string;
};

/** A feature that the application declares, as a catalogue item of type `feature`. */
export type FeatureDefinition = {
  readonly feature: string;
  readonly title: string;
  /** Whom it is for; absent: everybody. */
  readonly level?: Difficulty;
  /** Place in the navigation, smallest first; absent: not in the navigation. */
  readonly navigation?: number;
};

/** What the defaults are decided from: a few numbers and words, small enough to be kept in the trace. */
export type ConfigDefaults = { readonly config: Config; readonly reasons: readonly ValueReason[] };
