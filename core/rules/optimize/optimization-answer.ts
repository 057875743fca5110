import { isoOrNull, performanceAnswer } from '../performance/performance-answer.ts';
import type { Optimization } from './optimize-rules.ts';

/** Advice and what became of it, in the contract's words. */
export const optimizationAnswer = ({ advice, applied, skipped, asOf }: Optimization) => ({
  advice: advice.map((one) => ({ ...one, evidence: performanceAnswer(one.evidence) })),
  applied,
  skipped,
  asOf: isoOrNull(asOf),
});
