import type { TextSection } from '../../domains/types.ts';
import { textHash } from '../../numbers/text-hash.ts';
import { type DecisionTrace, traceOf as listTraceOf } from '../../recommend/serve/decision-trace.ts';
import type { RecommendResult } from '../../recommend/types.ts';
import type { RulesBecause } from '../types.ts';
import type { ShownText } from './shown-texts.ts';

/** A text that was shown: its template, or the beginning of what a model wrote, and the facts behind it. */
export type TracedText = readonly [section: TextSection, name: string, facts: string];

/** Contents that were recommended, as traces of recommendations keep them. */
type TracedList = Partial<Pick<DecisionTrace, 'rung' | 'model' | 'shown' | 'items'>>;

/** What is kept of an answer with texts: who wrote, from which facts, what was offered and recommended beside them. */
export type InsightsTrace = {
  readonly kind: 'insights';
  readonly context: string;
  readonly domain: string;
  readonly source: 'computed' | 'cache' | 'fallback';
  readonly by: 'model' | 'rules';
  readonly because?: RulesBecause;
  /** Of the facts. */
  readonly hash: string;
  readonly texts: readonly TracedText[];
  /** `[id, probability in percent]` of the actions that were offered. */
  readonly actions?: readonly (readonly [action: string, probability: number])[];
  /** Of what was said: an answer that says the same is the same decision. */
  readonly digest: number;
} & TracedList;

export const isInsightsTrace = (body: unknown): body is InsightsTrace =>
  (body as Partial<InsightsTrace> | null)?.kind === 'insights';

const LONGEST_CONTEXT = 120;
const LONGEST_NAME = 60;

/** Six hex digits for where texts are asked for: one last decision is kept for each place and domain. */
export const insightsPlace = (context: string, domain: string): string =>
  textHash(JSON.stringify(['insights', context, domain]))
    .toString(16)
    .padStart(8, '0')
    .slice(0, 6);

export type Traced = {
  readonly context: string;
  readonly domain: string;
  readonly source: InsightsTrace['source'];
  readonly by: InsightsTrace['by'];
  readonly because?: RulesBecause | undefined;
  readonly hash: string;
  readonly texts: readonly ShownText[];
  readonly actions?: readonly { readonly action: string; readonly probability: number }[];
  /** Contents that were recommended, and the model that is in service. */
  readonly list?: { readonly result: RecommendResult; readonly model: number };
};

const rowOf = ({ section, template, title, text, facts }: ShownText): TracedText => [
  section,
  template ?? [...(title || text)].slice(0, LONGEST_NAME).join(''),
  facts.join(' '),
];

const listOf = ({ list, context, source }: Traced): TracedList => {
  if (!list) return {};
  const { result, model } = list;
  const { rung, shown, items } = listTraceOf({ context, result, source, model, segments: [], arms: [] });
  return { rung, model, ...(shown && { shown }), items };
};

/** The trace of an answer. */
export const insightsTraceOf = (traced: Traced): InsightsTrace => {
  const { context, domain, source, by, because, hash, actions } = traced;
  const texts = traced.texts.map(rowOf);
  const list = listOf(traced);
  const offered = actions?.map(({ action }) => action);
  const said = [domain, by, because, texts, offered, list.shown, list.model];
  return {
    kind: 'insights',
    context: context.slice(0, LONGEST_CONTEXT),
    domain,
    source,
    by,
    ...(because && { because }),
    hash,
    texts,
    ...(actions && {
      actions: actions.map(({ action, probability }) => [action, Math.round(probability * 100)] as const),
    }),
    ...list,
    digest: textHash(JSON.stringify(said)),
  };
};

const SHORT_NAME = 24;

const isLong = ([, name]: TracedText): boolean => name.length > SHORT_NAME;

/** The trace with a little less in it: score parts go first, then the ends of names, then the last texts; undefined at the end. */
export const shorterInsightsTrace = (trace: InsightsTrace): InsightsTrace | undefined => {
  const { items, texts } = trace;
  if (items?.some(([, , parts]) => Object.keys(parts).length > 0)) {
    return { ...trace, items: items.map(([itemId, score]) => [itemId, score, {}]) };
  }
  if (texts.some(isLong)) {
    const short = ([section, name, facts]: TracedText): TracedText => [
      section,
      [...name].slice(0, SHORT_NAME / 2).join(''),
      facts,
    ];
    return { ...trace, texts: texts.map((row) => (isLong(row) ? short(row) : row)) };
  }
  if (texts.length > 0) return { ...trace, texts: texts.slice(0, -1) };
  return items && items.length > 0 ? { ...trace, items: items.slice(0, -1) } : undefined;
};
