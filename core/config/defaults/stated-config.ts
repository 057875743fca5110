import { DIFFICULTIES, type Difficulty, LAYOUTS, type Layout, THEMES, type Theme } from '../types.ts';

/** What a user (or the application for them) chose: `preferences` of the profile, as far as it holds valid values. */
export type StatedConfig = {
  readonly theme?: Theme;
  readonly layout?: Layout;
  readonly difficulty?: Difficulty;
  readonly hiddenFeatures?: readonly string[];
  readonly navigation?: readonly string[];
  readonly shortcuts?: readonly string[];
};

const MOST_NAMES = 50;
const LONGEST_NAME = 100;

const oneOf = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  typeof value === 'string' ? allowed.find((one) => one === value.trim().toLowerCase()) : undefined;

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;

/** Distinct names; undefined unless the value is a list of names. */
const names = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.length <= MOST_NAMES && value.every(isName) ? [...new Set(value)] : undefined;

/**
 * The parts of `preferences` that the config understands: `theme`, `layout`, `difficulty`, and the lists `hiddenFeatures`,
 * `navigation`, `shortcuts` (50 names at most). Anything else, and any value that is not valid there, is passed over.
 */
export const statedConfig = (preferences: Readonly<Record<string, unknown>>): StatedConfig => {
  const stated = {
    theme: oneOf(THEMES, preferences.theme),
    layout: oneOf(LAYOUTS, preferences.layout),
    difficulty: oneOf(DIFFICULTIES, preferences.difficulty),
    hiddenFeatures: names(preferences.hiddenFeatures),
    navigation: names(preferences.navigation),
    shortcuts: names(preferences.shortcuts),
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
};
