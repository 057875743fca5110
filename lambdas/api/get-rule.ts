import { getRule } from '../../contracts/rules/endpoints.ts';
import { getRule as get } from '../../core/rules/manage/manage-rules.ts';
import { ruleAnswer } from '../../core/rules/manage/rule-answers.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getRule, async ({ params }) => ({
  status: 200,
  body: ruleAnswer(await get(ruleChanges(), params.ruleId)),
}));
