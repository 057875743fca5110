import type { InsightsTrace } from '../insights/serve/insights-trace.ts';
import { whyRules } from '../insights/serve/why-rules.ts';
import type { Explanation } from './decision-answer.ts';
import { explainRecommendations } from './explain-recommendations.ts';

const BY_MODEL = 'Written by a model; every number was checked against the facts that it names';
const NAMES_CUT = 'Of what a model wrote the trace keeps the beginnings';

const listOf = (trace: InsightsTrace, wholeId: string, titles: ReadonlyMap<string, string>) => {
  const { rung, model, shown, items, context, source } = trace;
  if (!items || rung === undefined || model === undefined) return undefined;
  const list = { context, source, rung, model, items, segments: [], ...(shown && { shown }) };
  return explainRecommendations(list, wholeId, titles);
};

/** Who wrote the texts of an answer and from which facts, what was offered and recommended beside them, from the trace alone. */
export const explainInsights = (
  trace: InsightsTrace,
  wholeId: string,
  titles: ReadonlyMap<string, string>,
): Explanation => {
  const { context, source, domain, by, because, hash, texts, actions } = trace;
  const list = listOf(trace, wholeId, titles);
  return {
    kind: 'insights',
    context,
    source,
    segments: [],
    rules: [],
    experiments: [],
    ...(list && {
      rung: list.rung,
      model: list.model,
      shown: list.shown,
      candidates: list.candidates,
      sources: list.sources,
    }),
    insights: {
      domain,
      writtenBy: by,
      reason: because ? whyRules(because) : BY_MODEL,
      factsHash: hash,
      texts: texts.map(([section, name, facts]) => ({
        section,
        name,
        facts: facts.split(' ').filter(Boolean),
      })),
      actions: (actions ?? []).map(([action, percent]) => ({ action, probability: percent / 100 })),
    },
    notes: [...(by === 'model' ? [NAMES_CUT] : []), ...(list?.notes ?? [])],
  };
};
