import { type DecisionTrace, recommendationIdOf } from '../recommend/serve/decision-trace.ts';
import type { ScoreSource } from '../recommend/types.ts';
import type { CandidateSource, Explanation, ShownCandidate } from './decision-answer.ts';

const MEANINGS: Readonly<Record<ScoreSource, string>> = {
  collaborative: 'chosen by users who chose the same as this user',
  sequential: 'often chosen next after what this user chose last',
  content: 'resembles what this user chose, in its words and topics',
  interests: "matches the user's own words: interests, market focus, questionnaire",
  matching: 'fits the answers of the questionnaire: format, genres, budget, timeline, materials, involvement',
  goals: 'serves an open goal of the user, one that is behind more than one that is on track',
  affinity: 'of a content type that works for this user',
  streak: 'of a content type that carried the streak of days which ends unless something is done today',
  segment: "a favourite of the user's segment",
  trending: 'rising in the last hours',
  popular: 'popular with everybody',
  newest: 'new in the catalogue',
};

const meaningOf = (source: string): string =>
  Object.hasOwn(MEANINGS, source) ? MEANINGS[source as ScoreSource] : source;

type Row = DecisionTrace['items'][number];

const strongestFirst = ([, , parts]: Row): string[] =>
  Object.entries(parts)
    .filter(([, part]) => part > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([source]) => source);

const reasonOf = (row: Row): string => {
  const sources = strongestFirst(row);
  if (sources.length === 0) return 'The parts of its score were not kept';
  return sources.map((source) => `${meaningOf(source)} (${source})`).join('; ');
};

const sourcesOf = (items: readonly Row[]): CandidateSource[] => {
  const counts = new Map<string, number>();
  for (const source of items.flatMap(strongestFirst)) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([source, elements]) => ({ source, meaning: meaningOf(source), elements }));
};

const experimentsOf = ({ arms = [] }: DecisionTrace): Explanation['experiments'] =>
  arms.map(([key, variant]) => ({
    key,
    variant,
    inExperiment: true,
    reason: `The list was made under the arm "${variant}" of this experiment`,
  }));

const NOT_ALL = 'One trace holds 1 KB: of the elements that were shown the first ones were kept';
const NO_SEGMENTS = 'The segments of the user were not kept in this trace';

/** What was shown, with the parts of each score, from the trace alone; titles are those of today. */
export const explainRecommendations = (
  trace: DecisionTrace,
  decisionId: string,
  titles: ReadonlyMap<string, string>,
): Explanation => {
  const { context, rung, source, model, segments, items } = trace;
  const [shown] = trace.shown ?? [items.length];
  const candidate = (row: Row, position: number): ShownCandidate => {
    const [itemId, score, parts] = row;
    const title = titles.get(itemId);
    return {
      recommendationId: recommendationIdOf(decisionId, position),
      itemId,
      ...(title !== undefined && { title }),
      score: score / 1000,
      parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part / 1000])),
      reason: reasonOf(row),
    };
  };
  return {
    kind: 'recommendations',
    context,
    source: source as Explanation['source'],
    segments: (segments ?? []).map(([name, percent]) => ({ name, confidence: percent / 100 })),
    rules: [],
    experiments: experimentsOf(trace),
    rung,
    model,
    shown,
    candidates: items.map(candidate),
    sources: sourcesOf(items),
    notes: [...(shown > items.length ? [NOT_ALL] : []), ...(segments ? [] : [NO_SEGMENTS])],
  };
};
