import type { Domain } from '../../domains/types.ts';
import type { FactSheet } from '../facts/types.ts';
import { foldLetters } from '../prompts/fold-text.ts';
import type { WrittenInsights, WrittenSuggestions } from '../types.ts';
import { copyFinder } from './copied.ts';
import { type Ground, groundsOf, ungrounded } from './ground.ts';
import { sentenceFaults } from './plain-sentence.ts';
import type { TextCheck, TextFault } from './types.ts';

/** A claim of any kind: its texts by their field, what it rests on, what it asks to be done. */
type Part = {
  readonly path: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly facts: readonly string[];
  readonly action?: string | undefined;
};

const LONGEST: Readonly<Record<string, number>> = { title: 90, text: 420, description: 420, body: 420 };

type Known = {
  readonly grounds: ReadonlyMap<string, Ground>;
  readonly actions: ReadonlySet<string>;
  readonly copies: (text: string) => string[];
};

const factFaults = ({ path, facts }: Part, { grounds }: Known): TextFault[] => [
  ...(facts.length === 0 ? [{ path: `${path}.facts`, why: 'names no fact' }] : []),
  ...facts
    .map((id, at) => ({ id, at }))
    .filter(({ id }) => !grounds.has(id))
    .map(({ id, at }) => ({ path: `${path}.facts.${at}`, why: `there is no fact ${id}` })),
];

const actionFaults = ({ path, action }: Part, { actions }: Known): TextFault[] =>
  action === undefined || actions.has(action)
    ? []
    : [{ path: `${path}.action`, why: `there is no action ${action}` }];

const lengthFaults = (field: string, text: string): string[] => {
  if (text.trim() === '') return ['is empty'];
  const most = LONGEST[field] ?? 0;
  return text.length > most ? [`has ${text.length} characters; at most ${most} are shown`] : [];
};

const textFaults = (part: Part, { grounds, copies }: Known): TextFault[] => {
  const cited = part.facts.flatMap((id) => grounds.get(id) ?? []);
  const names = cited.flatMap((ground) => ground.names);
  const values = new Set(cited.flatMap((ground) => [...ground.values]));
  return Object.entries(part.texts).flatMap(([field, text]) =>
    [
      ...lengthFaults(field, text),
      ...sentenceFaults(text, names, values),
      ...copies(text),
      ...ungrounded(text, cited).map((found) => `"${found}" is in none of the facts that it names`),
    ].map((why) => ({ path: `${part.path}.${field}`, why })),
  );
};

/** What is said twice, word for word. */
const doubled = (parts: readonly Part[]): TextFault[] => {
  const seen = new Set<string>();
  return parts.flatMap(({ path, texts }) =>
    Object.entries(texts).flatMap(([field, text]) => {
      const said = `${field === 'title' ? field : 'text'} ${foldLetters(text)}`;
      if (seen.has(said)) return [{ path: `${path}.${field}`, why: 'is said before' }];
      seen.add(said);
      return [];
    }),
  );
};

const check = (parts: readonly Part[], sheet: FactSheet, domain: Domain): TextCheck => {
  const known = {
    grounds: groundsOf(sheet),
    actions: new Set(domain.actions.map(({ id }) => id)),
    copies: copyFinder(sheet, domain),
  };
  const faults = [
    ...parts.flatMap((part) => [
      ...factFaults(part, known),
      ...actionFaults(part, known),
      ...textFaults(part, known),
    ]),
    ...doubled(parts),
  ];
  return faults.length === 0 ? { ok: true } : { ok: false, faults };
};

/**
 * Whether a model's insights may be shown: every claim rests on facts of the sheet, every number and date in it is one of theirs,
 * actions exist, and nothing in it looks like markup, a link, the prompt, or an instruction that was followed. One fault refuses all.
 */
export const checkInsights = (answer: WrittenInsights, sheet: FactSheet, domain: Domain): TextCheck =>
  check(
    [
      ...answer.behaviour.map(({ text, facts }, at) => ({ path: `behaviour.${at}`, texts: { text }, facts })),
      ...answer.predictions.map(({ text, facts }, at) => ({
        path: `predictions.${at}`,
        texts: { text },
        facts,
      })),
      ...answer.advice.map(({ title, text, action, facts }, at) => ({
        path: `advice.${at}`,
        texts: { title, text },
        action,
        facts,
      })),
      ...answer.priorityActions.map(({ title, description, action, facts }, at) => ({
        path: `priorityActions.${at}`,
        texts: { title, description },
        action,
        facts,
      })),
      ...answer.marketInsights.map(({ title, body, facts }, at) => ({
        path: `marketInsights.${at}`,
        texts: { title, body },
        facts,
      })),
    ],
    sheet,
    domain,
  );

/** The same for suggestions. */
export const checkSuggestions = (answer: WrittenSuggestions, sheet: FactSheet, domain: Domain): TextCheck =>
  check(
    answer.suggestions.map(({ title, description, action, facts }, at) => ({
      path: `suggestions.${at}`,
      texts: { title, description },
      action,
      facts,
    })),
    sheet,
    domain,
  );
