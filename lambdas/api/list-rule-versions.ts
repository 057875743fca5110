import { listRuleVersions } from '../../contracts/rules/endpoints.ts';
import { listRuleVersions as list } from '../../core/rules/manage/manage-rules.ts';
import { ruleVersionAnswer } from '../../core/rules/manage/rule-answers.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { ruleChanges } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(listRuleVersions, async ({ params, query }) => {
  const scope = `listRuleVersions ${params.ruleId}`;
  const below = await positionOf<number>(scope, query.cursor);
  const { versions, next } = await list(ruleChanges(), params.ruleId, { limit: query.limit, below });
  return {
    status: 200,
    body: { items: versions.map(ruleVersionAnswer), nextCursor: await cursorOf(scope, next) },
  };
});
