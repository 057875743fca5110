import { deleteRule } from '../../contracts/rules/endpoints.ts';
import { deleteRule as remove } from '../../core/rules/manage/manage-rules.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(deleteRule, async ({ params, query, caller, now }) => {
  const rule = { id: params.ruleId, version: query.version };
  const { version } = await remove(ruleChanges(), rule, { sub: caller.sub, now });
  return { status: 200, body: { success: true, ruleId: params.ruleId, version } };
});
