import type { Fact, FactSheet } from '../facts/types.ts';
import { isIdentifier, spoken } from '../facts/words.ts';
import { isHostile } from './hostile-text.ts';
import { redactText } from './redact-text.ts';

/** A text of a user or an application as the model gets to see it. */
export type ShownText = {
  readonly factId: string;
  readonly field: string;
  readonly text: string;
  /** Whether `text` only says that it is withheld. */
  readonly withheld: boolean;
};

export const WITHHELD = '(text withheld)';

/** All texts of a sheet together, in characters; each gets its part. */
const ALL_TEXTS = 2_200;
const SHORTEST = 24;
const LONGEST = 100;
const LONGEST_FEEDBACK = 240;
/** Of a longer text only the begin is looked at: no more of it is shown. */
const LOOKED_AT = 600;

/** Fields that hold the name of an action, as sequences have it. */
const ACTIONS = new Set(['action', 'next']);

const NOT_SHOWN = new Set(['contentId']);

// What could end a JSON string, a line or a fence does not pass; the rest is left as it was written.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CLEANED = /[\u0000-\u001F\u007F-\u009F\u2028\u2029<>`\\{}[\]|*]+/gu;

/** Cuts at a word, on whole code points. */
const cut = (text: string, most: number): string => {
  const points = Array.from(text);
  if (points.length <= most) return text;
  const begin = points.slice(0, most - 1).join('');
  const atWord = begin.replace(/[\s,;:.-]+\S*$/u, '');
  return `${atWord.length >= begin.length / 2 ? atWord : begin.replace(/\p{N}+$/u, '')}…`;
};

/** Names of actions as people say them, so that no text says `call_lead:lead`. */
const namesOf = (fact: Fact): [field: string, text: string][] =>
  Object.entries(fact.names)
    .filter(([field, text]) => !NOT_SHOWN.has(field) && text.trim() !== '')
    .map(([field, text]) => [field, ACTIONS.has(field) && isIdentifier(text) ? spoken(text) : text]);

const shown = (raw: string, most: number): Pick<ShownText, 'text' | 'withheld'> => {
  const begin = Array.from(raw.slice(0, LOOKED_AT * 2))
    .slice(0, LOOKED_AT)
    .join('');
  if (isHostile(begin)) return { text: WITHHELD, withheld: true };
  const text = cut(redactText(begin.replace(CLEANED, ' ')).replace(/\s+/gu, ' ').trim(), most);
  return { text, withheld: false };
};

const known = new WeakMap<FactSheet, readonly ShownText[]>();

const allShown = ({ facts }: FactSheet): ShownText[] => {
  const texts = facts.flatMap((fact) => namesOf(fact).map(([field, raw]) => ({ fact, field, raw })));
  const each = Math.max(SHORTEST, Math.floor(ALL_TEXTS / Math.max(1, texts.length)));
  return texts.map(({ fact, field, raw }) => {
    const longest = fact.kind === 'feedback' ? LONGEST_FEEDBACK : LONGEST;
    return { factId: fact.id, field, ...shown(raw, Math.min(each, longest)) };
  });
};

/** What a sheet's texts look like in a prompt: redacted, cut, or withheld where they read like instructions. */
export const shownTexts = (sheet: FactSheet): readonly ShownText[] => {
  const texts = known.get(sheet) ?? allShown(sheet);
  known.set(sheet, texts);
  return texts;
};
