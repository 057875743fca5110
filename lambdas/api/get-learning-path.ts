import { getLearningPath } from '../../contracts/learning/endpoints.ts';
import { readPath } from '../../core/learning/paths/read-paths.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { progressing } from '../runtime/ports/learning-ports.ts';

export const handler = endpoint(getLearningPath, async ({ params, caller, userId, now, newId }) => {
  const question = { pathId: params.pathId, caller, userId, now, newId, retentionMs: retentionMs() };
  return { status: 200, body: await readPath(progressing(), question) };
});
