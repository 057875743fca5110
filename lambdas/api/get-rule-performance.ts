import { getRulePerformance } from '../../contracts/rules/performance.ts';
import { performanceAnswer } from '../../core/rules/performance/performance-answer.ts';
import { readPerformance } from '../../core/rules/performance/read-performance.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { analytics, ruleDefinitions } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getRulePerformance, async ({ params, now }) => ({
  status: 200,
  body: performanceAnswer(
    await readPerformance({ rules: ruleDefinitions(), analytics: analytics() }, params.ruleId, now),
  ),
}));
