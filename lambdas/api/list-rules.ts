import { listRules } from '../../contracts/rules/endpoints.ts';
import type { RulePosition } from '../../core/rules/evaluate/precedence.ts';
import { listRules as list } from '../../core/rules/manage/manage-rules.ts';
import { ruleAnswer } from '../../core/rules/manage/rule-answers.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(listRules, async ({ query: { limit, cursor, ...filter } }) => {
  const scope = `listRules ${JSON.stringify(filter)}`;
  const after = await positionOf<RulePosition>(scope, cursor);
  const { items, next } = await list(ruleChanges(), filter, { limit, after });
  const reason = items.length > 0 ? undefined : 'There are no such rules';
  return {
    status: 200,
    body: { items: items.map(ruleAnswer), nextCursor: await cursorOf(scope, next), reason },
  };
});
