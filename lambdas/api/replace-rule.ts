import { replaceRule } from '../../contracts/rules/endpoints.ts';
import { replaceRule as replace } from '../../core/rules/manage/manage-rules.ts';
import { ruleAnswer } from '../../core/rules/manage/rule-answers.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(replaceRule, async ({ params, body, caller, now }) => ({
  status: 200,
  body: ruleAnswer(await replace(ruleChanges(), params.ruleId, body, { sub: caller.sub, now })),
}));
