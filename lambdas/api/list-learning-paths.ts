import { listLearningPaths } from '../../contracts/learning/endpoints.ts';
import { listPaths } from '../../core/learning/paths/read-paths.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { learning } from '../runtime/ports/learning-ports.ts';

export const handler = endpoint(listLearningPaths, async ({ query, userId, now }) => {
  const scope = `listLearningPaths ${userId}`;
  const after = await positionOf<string>(scope, query.cursor);
  const { items, next, reason } = await listPaths(learning(), { userId, now, limit: query.limit, after });
  return { status: 200, body: { items, nextCursor: await cursorOf(scope, next), reason } };
});
