import { putProgress } from '../../contracts/learning/endpoints.ts';
import { putProgress as put } from '../../core/learning/paths/progress/put-progress.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { retentionMs } from '../runtime/environment.ts';
import { progressing } from '../runtime/ports/learning-ports.ts';

export const handler = endpoint(putProgress, async ({ params, body, caller, userId, now, newId }) => {
  const { moduleId, score, timeSpent } = body;
  const status = body.status === 'in_progress' ? 'started' : body.status;
  const answer = await put(progressing(), {
    pathId: params.pathId,
    step: { moduleId, status, score, timeSpent },
    caller,
    userId,
    now,
    newId,
    retentionMs: retentionMs(),
  });
  return { status: 200, body: answer };
});
