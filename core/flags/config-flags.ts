import type { Config, ValueReason, ValueSource } from '../config/types.ts';
import { OPEN_SLOTS, SLOTS } from '../config/types.ts';
import { escapedKey, keysOf } from '../rules/conditions/paths.ts';
import { flagMetadata } from './flag-metadata.ts';
import { type ReasonIndex, reasonIndex } from './reason-index.ts';
import type { FlagEvaluation, FlagReason, FlagValue } from './types.ts';

/** A decided config, as far as flags show it. */
export type DecidedValues = {
  readonly config: Config;
  readonly reasons: readonly ValueReason[];
  readonly decisionId: string;
};

/** The whole config, and its groups: one object for those who want it at once. */
const WHOLE = 'config';
const GROUPS = ['features', 'content', 'content.filters', 'settings'] as const;
const FEATURE = 'feature.';

const REASON_OF: Readonly<Record<ValueSource, FlagReason>> = {
  default: 'DEFAULT',
  behaviour: 'TARGETING_MATCH',
  stated: 'TARGETING_MATCH',
  rule: 'TARGETING_MATCH',
  experiment: 'SPLIT',
};

const isFlagValue = (value: unknown): value is FlagValue => value !== null && value !== undefined;

/** The value below a dotted path (dots of a key escaped), own properties of objects only; undefined where there is none. */
const valueAt = (config: Config, path: string): FlagValue | undefined => {
  let at: unknown = config;
  for (const name of keysOf(path)) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name))
      return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return isFlagValue(at) ? at : undefined;
};

/** A short word is its own variant; of anything else the variant tells what set it. */
const variantOf = (value: FlagValue, { source, by }: ValueReason): string =>
  typeof value === 'object' ? (by ?? source) : String(value).slice(0, 100);

type FeatureState = 'visible' | 'highlighted' | 'hidden';

/** A decided config with its reasons and features by name. */
type View = {
  readonly decided: DecidedValues;
  readonly reasonAt: ReasonIndex;
  readonly features: ReadonlyMap<string, FeatureState>;
};

/** The later state counts: what is hidden is hidden, whatever else is said of it. */
const viewOf = (decided: DecidedValues): View => {
  const { visible, highlighted, hidden } = decided.config.features;
  const states = { visible, highlighted, hidden };
  const features = new Map<string, FeatureState>();
  for (const [state, names] of Object.entries(states))
    for (const name of names) features.set(name, state as FeatureState);
  return { decided, reasonAt: reasonIndex(decided.reasons), features };
};

const flagOf = (
  { decided, reasonAt }: View,
  { key, path, value }: { key: string; path: string; value: FlagValue },
  variant?: string,
): FlagEvaluation => {
  const why = reasonAt(path);
  return {
    key,
    value,
    reason: REASON_OF[why.source],
    variant: variant ?? variantOf(value, why),
    metadata: flagMetadata(decided.decisionId, why),
  };
};

const featureFlag = (view: View, key: string): FlagEvaluation | undefined => {
  const state = view.features.get(key.slice(FEATURE.length));
  return state && flagOf(view, { key, path: `features.${state}`, value: state !== 'hidden' }, state);
};

const flagIn = (view: View, key: string): FlagEvaluation | undefined => {
  if (key.startsWith(FEATURE)) return featureFlag(view, key);
  const whole = key === WHOLE;
  const value = whole ? view.decided.config : valueAt(view.decided.config, key);
  return value === undefined ? undefined : flagOf(view, { key, path: whole ? '' : key, value });
};

/** The flag of one key: `config`, a slot or a group of slots, `settings.<...>`, `content.filters.<...>`, `feature.<name>`. */
export const configFlag = (decided: DecidedValues, key: string): FlagEvaluation | undefined =>
  flagIn(viewOf(decided), key);

/** Keys of every flag that a config holds: what a bulk evaluation lists. */
const keysIn = ({ decided: { config }, features }: View): string[] => [
  WHOLE,
  ...SLOTS,
  ...GROUPS,
  ...OPEN_SLOTS.flatMap((path) =>
    Object.keys(valueAt(config, path) ?? {}).map((name) => `${path}.${escapedKey(name)}`),
  ),
  ...[...features.keys()].map((name) => FEATURE + name),
];

/** Every flag of a config, in a fixed order. */
export const configFlags = (decided: DecidedValues): FlagEvaluation[] => {
  const view = viewOf(decided);
  return keysIn(view)
    .map((key) => flagIn(view, key))
    .filter((flag) => flag !== undefined);
};

/** True for names that experiments cannot take: the config's own. */
export const isConfigKey = (key: string): boolean =>
  [WHOLE, ...SLOTS, ...GROUPS].includes(key) ||
  key.startsWith(FEATURE) ||
  OPEN_SLOTS.some((path) => key.startsWith(`${path}.`));
