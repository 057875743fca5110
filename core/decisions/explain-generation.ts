import type { GenerationTrace } from '../generation/generation-trace.ts';
import type { Explanation } from './decision-answer.ts';

const NOT_ALL = 'The trace had no room for every sentence';

/** Which parameters of a generation were chosen and what they go by, from the trace alone. */
export const explainGeneration = (trace: GenerationTrace): Explanation => {
  const { context, source, domain, generationId, purpose, device, parameters } = trace;
  return {
    kind: 'generation',
    context,
    source,
    segments: [],
    rules: [],
    experiments: [],
    ...(device !== undefined && { device }),
    generation: {
      domain,
      generationId,
      ...(purpose !== undefined && { purpose }),
      parameters: parameters.map(([name, value, from, expected, confidence, reason = '']) => ({
        name,
        value,
        from,
        expected: expected / 100,
        confidence: confidence / 100,
        reason,
      })),
    },
    notes: parameters.some((row) => row.length < 6) ? [NOT_ALL] : [],
  };
};
