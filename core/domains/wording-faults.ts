import { FACT_FIELDS, type FactFields } from '../insights/facts/types.ts';
import { fieldNames, fieldsWith, fieldType } from './fact-words.ts';
import type { EntryFault } from './fault.ts';
import { isFactKind, wordsOf } from './pattern-faults.ts';
import type { FactPattern } from './types.ts';

const PLACEHOLDER = /\{([a-zA-Z][a-zA-Z0-9]*)\.([a-zA-Z][a-zA-Z0-9]*)\}/g;

/** A number that is not a fact's could pass for one. `\p{Nd}` are the digits of any script. */
const DIGIT = /\p{Nd}/u;

/** What is wrong with words that hold no placeholders: digits and braces. */
export const plainFaults = (path: string, words: string): EntryFault[] => {
  if (/[{}]/.test(words)) return [{ path, message: 'has a brace that is no placeholder {alias.field}' }];
  return DIGIT.test(words) ? [{ path, message: 'has a digit: numbers come from facts only' }] : [];
};

/** Whether the pattern makes sure that an optional field is there. */
const assured = ({ kind, where = {} }: FactPattern, field: string): boolean =>
  Object.entries(where).some(([named, match]) => fieldsWith(kind, named, wordsOf(match)).includes(field));

const placeholderFault = (
  alias: string,
  field: string,
  facts: Readonly<Record<string, FactPattern>>,
): string | undefined => {
  const pattern = Object.hasOwn(facts, alias) ? facts[alias] : undefined;
  if (!pattern) return `{${alias}.${field}}: no fact goes by "${alias}"`;
  const { kind } = pattern;
  if (!isFactKind(kind)) return undefined;
  if (fieldType(kind, field) === undefined)
    return `{${alias}.${field}}: "${kind}" has ${fieldNames(kind).join(', ') || 'no fields'}`;
  const { optional = [] }: FactFields = FACT_FIELDS[kind];
  if (!optional.includes(field) || assured(pattern, field)) return undefined;
  return `{${alias}.${field}} may be missing: the pattern of "${alias}" must ask for it`;
};

/** What is wrong with the words of a template: placeholders that nothing answers, digits and braces beside them. */
export const wordingFaults = (
  path: string,
  words: string,
  facts: Readonly<Record<string, FactPattern>>,
): EntryFault[] => {
  const placeholders = [...words.matchAll(PLACEHOLDER)].flatMap(([, alias = '', field = '']) => {
    const message = placeholderFault(alias, field, facts);
    return message === undefined ? [] : [{ path, message }];
  });
  return [...placeholders, ...plainFaults(path, words.replaceAll(PLACEHOLDER, ''))];
};
