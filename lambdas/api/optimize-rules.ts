import { optimizeRules } from '../../contracts/rules/performance.ts';
import { optimizationAnswer } from '../../core/rules/optimize/optimization-answer.ts';
import { optimizeRules as optimize } from '../../core/rules/optimize/optimize-rules.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { analytics, ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(optimizeRules, async ({ body, caller, now }) => ({
  status: 200,
  body: optimizationAnswer(
    await optimize({ ...ruleChanges(), analytics: analytics() }, { apply: body.apply, sub: caller.sub, now }),
  ),
}));
