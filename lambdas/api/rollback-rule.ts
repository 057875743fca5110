import { rollbackRule } from '../../contracts/rules/endpoints.ts';
import { rollbackRule as rollback } from '../../core/rules/manage/manage-rules.ts';
import { ruleAnswer } from '../../core/rules/manage/rule-answers.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(rollbackRule, async ({ params, body, caller, now }) => {
  const to = { id: params.ruleId, version: body.version };
  return { status: 200, body: ruleAnswer(await rollback(ruleChanges(), to, { sub: caller.sub, now })) };
});
