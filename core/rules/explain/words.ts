import { keysOf } from '../conditions/paths.ts';

/** Longest text of a value in a reason. */
const LONGEST = 40;
/** Elements of a list that a reason shows. */
const SHOWN = 5;

const OWN_NAMES: Readonly<Record<string, string>> = {
  'session.count': 'sessions',
  'session.minutes': 'minutes in this session',
  'now.iso': 'time',
  'user.churn.risk': 'churn risk',
  'user.sessions.medianMinutes': 'median minutes of a session',
};

const spaced = (key: string): string => key.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();

const PREFIXES: Readonly<Record<string, string>> = {
  features: 'uses of',
  confidence: 'confidence of',
  experiments: 'arm of',
};

/** Roots that say nothing to a reader. */
const SILENT: ReadonlySet<string> = new Set(['user', 'now', 'attributes', 'preferences']);

/** What a reader calls a variable: `user.engagementLevel` -> `engagement level`, `features.export.count` -> `uses of export`. */
export const nameOf = (path: string): string => {
  const own = OWN_NAMES[path];
  if (own !== undefined) return own;
  const keys = keysOf(path);
  const prefix = keys.length > 1 ? PREFIXES[keys[0]!] : undefined;
  if (prefix !== undefined) return `${prefix} ${keys[1]}`;
  const told = keys.filter((key, at) => at === keys.length - 1 || !SILENT.has(key));
  return told.map(spaced).join(' ');
};

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** A value as a reader sees it, short. */
export const valueText = (value: unknown): string => {
  if (value === undefined || value === null) return 'unknown';
  if (typeof value === 'string') return value === '' ? 'empty' : cut(value);
  if (!Array.isArray(value)) return typeof value === 'object' ? 'an object' : String(value);
  if (value.length === 0) return 'none';
  const shown = value.slice(0, SHOWN).map(valueText).join(', ');
  return value.length > SHOWN ? `${shown} and ${value.length - SHOWN} more` : shown;
};

/** The first `most` of all parts, joined by a word. */
export const joinedText = <T>(
  parts: readonly T[],
  word: 'and' | 'or',
  most: number,
  textOf: (part: T) => string,
): string => {
  const told = parts.slice(0, most).map(textOf).join(` ${word} `);
  return parts.length > most ? `${told} ${word} ${parts.length - most} more` : told;
};
