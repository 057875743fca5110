import type { HomepageTrace } from '../homepage/homepage-trace.ts';
import type { Explanation } from './decision-answer.ts';
import { explainRecommendations } from './explain-recommendations.ts';

/** Which hero was shown and why, and the elements of every section with the parts of their scores, from the trace alone. */
export const explainHomepage = (
  trace: HomepageTrace,
  wholeId: string,
  titles: ReadonlyMap<string, string>,
): Explanation => {
  const { domain, hero, sections } = trace;
  const [id, reason, percent] = hero;
  return {
    ...explainRecommendations(trace, wholeId, titles),
    kind: 'homepage',
    homepage: {
      domain,
      hero: { id, reason, confidence: percent / 100 },
      sections: sections.map(([section, elements]) => ({ section, elements })),
    },
  };
};
