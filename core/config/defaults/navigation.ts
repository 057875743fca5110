import type { ConfigFacts } from '../inputs.ts';
import type { FeatureDefinition } from '../types.ts';
import { type Slot, seen, stated, usual } from './slot.ts';
import { CONFIG_THRESHOLDS as T } from './thresholds.ts';

type Names = readonly string[];

/** `first`, in that order, as far as they are among `all`; then the rest of `all` in its order. */
const moved = (first: Names, all: Names): Names => {
  const known = new Set(all);
  return [...new Set([...first.filter((name) => known.has(name)), ...all])];
};

/** Entries of the navigation that are shown, the most used first, what was never used after them in the declared order. */
export const defaultNavigation = (
  declared: readonly FeatureDefinition[],
  facts: ConfigFacts,
  visible: Names,
): Slot<Names> => {
  const shown = new Set(visible);
  const entries = declared
    .filter(({ feature, navigation }) => navigation !== undefined && shown.has(feature))
    .map(({ feature }) => feature);
  const used = facts.features.map(([name]) => name).filter((name) => entries.includes(name));
  if (facts.stated.navigation)
    return stated(moved([...facts.stated.navigation, ...used], entries), 'This order of the navigation');
  if (entries.length === 0) return usual([], 'The application declares no navigation');
  return used.length > 0
    ? seen(moved(used, entries), `Most used first: ${used.slice(0, T.highlights).join(', ')}`)
    : usual(entries, 'No entry was used yet: the declared order');
};

/** What deserves a shortcut: stated, else the five that are used most, three uses at least. */
export const defaultShortcuts = (facts: ConfigFacts, hidden: Names): Slot<Names> => {
  if (facts.stated.shortcuts) return stated(facts.stated.shortcuts, 'This choice of shortcuts');
  const unwanted = new Set(hidden);
  const often = facts.features
    .filter(([name, count]) => count >= T.shortcutUses && !unwanted.has(name))
    .slice(0, T.shortcuts);
  if (often.length === 0) return usual([], `Nothing was used ${T.shortcutUses} times yet`);
  const [[name, count]] = often as [readonly [string, number]];
  return seen(
    often.map(([feature]) => feature),
    `Used most lately; ${name} ${count} times in all`,
  );
};
