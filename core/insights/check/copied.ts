import type { Domain } from '../../domains/types.ts';
import type { FactSheet } from '../facts/types.ts';
import { engineWords } from '../prompts/fact-line.ts';
import { fenceOf } from '../prompts/fence.ts';
import { foldLetters, wordsOf } from '../prompts/fold-text.ts';
import { RULES } from '../prompts/rules.ts';
import { shownTexts, WITHHELD } from '../prompts/shown-texts.ts';

/** Words in a row that are no chance: of the rules, of a domain's prompt, of texts that were withheld, of feedback, of a title behind its begin. */
const OF_RULES = 6;
const OF_DOMAIN = 8;
const OF_WITHHELD = 4;
const OF_FEEDBACK = 5;
const OF_REST = 8;
/** A text of a user is looked at so far, in characters. */
const LOOKED_AT = 5_000;

const runsOf = (words: readonly string[], length: number): string[] =>
  words
    .slice(0, Math.max(0, words.length - length + 1))
    .map((_, at) => words.slice(at, at + length).join(' '));

type Runs = { readonly length: number; readonly runs: ReadonlySet<string>; readonly why: string };

const forbidden = (
  texts: readonly string[],
  allowed: readonly string[],
  length: number,
  why: string,
): Runs => {
  const fine = new Set(allowed.flatMap((text) => runsOf(wordsOf(text), length)));
  const runs = texts.flatMap((text) => runsOf(wordsOf(text), length)).filter((run) => !fine.has(run));
  return { length, runs: new Set(runs), why };
};

/** Words that a hostile text shouts or puts in quotes: what it wants to be said. */
const payloads = (text: string): string[] => [
  ...(text.match(/(?<!\p{L})\p{Lu}{4,}(?!\p{L})/gu) ?? []),
  ...[...text.matchAll(/["“„«'‘]([^"“”„»'’]{4,80})["”»'’]/gu)].map((match) => match[1] ?? ''),
];

const spoken = (payload: string): string => wordsOf(payload).join(' ');

type Copies = {
  readonly runs: readonly Runs[];
  readonly payloads: readonly string[];
  readonly literal: readonly string[];
};

const copiesOf = (sheet: FactSheet, domain: Domain): Copies => {
  const facts = new Map(sheet.facts.map((fact) => [fact.id, fact]));
  const texts = shownTexts(sheet).map(({ factId, field, text, withheld }) => {
    const fact = facts.get(factId);
    return { kind: fact?.kind, raw: (fact?.names[field] ?? '').slice(0, LOOKED_AT), text, withheld };
  });
  const withheld = texts.filter((text) => text.withheld).map(({ raw }) => raw);
  const shown = texts.filter((text) => !text.withheld);
  const feedback = shown.filter(({ kind }) => kind === 'feedback');
  const titles = shown.filter(({ kind }) => kind !== 'feedback');
  const own = [
    ...sheet.facts.map((fact) => engineWords(fact) ?? ''),
    ...domain.actions.flatMap(({ title, description }) => [title, description]),
    ...titles.map(({ text }) => text),
  ];
  const prompts = [domain.prompts.insights, domain.prompts.suggestions];
  const engine = new Set(wordsOf(own.join(' ')));
  return {
    runs: [
      forbidden(RULES, own, OF_RULES, 'repeats what the model was told'),
      forbidden(prompts, own, OF_DOMAIN, 'repeats what the model was told'),
      forbidden(withheld, own, OF_WITHHELD, 'repeats a text that was withheld'),
      forbidden(
        feedback.map(({ raw }) => raw),
        own,
        OF_FEEDBACK,
        'copies feedback',
      ),
      forbidden(
        titles.map(({ raw }) => raw),
        own,
        OF_REST,
        'copies a text of a user',
      ),
    ],
    payloads: withheld
      .flatMap(payloads)
      .map(spoken)
      .filter((words) => words !== '' && !engine.has(words)),
    literal: [fenceOf(sheet), WITHHELD],
  };
};

/** Tells what a text has of the prompt and of texts of users that it should not have. */
export const copyFinder = (sheet: FactSheet, domain: Domain): ((text: string) => string[]) => {
  const copies = copiesOf(sheet, domain);
  return (text) => {
    const words = wordsOf(text);
    const line = ` ${words.join(' ')} `;
    const folded = foldLetters(text);
    return [
      ...copies.runs
        .filter(({ length, runs }) => runs.size > 0 && runsOf(words, length).some((run) => runs.has(run)))
        .map(({ why }) => why),
      ...(copies.payloads.some((payload) => line.includes(` ${payload} `))
        ? ['says what a withheld text asks for']
        : []),
      ...(copies.literal.some((part) => folded.includes(part)) ? ['repeats what the model was told'] : []),
    ];
  };
};
