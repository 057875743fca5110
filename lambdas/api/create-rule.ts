import { createRule } from '../../contracts/rules/endpoints.ts';
import { createRule as create } from '../../core/rules/manage/manage-rules.ts';
import { ruleAnswer } from '../../core/rules/manage/rule-answers.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(createRule, async ({ body, caller, now, newId }) => ({
  status: 201,
  body: ruleAnswer(await create(ruleChanges(), { id: newId(), body }, { sub: caller.sub, now })),
}));
