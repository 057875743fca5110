import { createLearningPath } from '../../contracts/learning/endpoints.ts';
import { createPath } from '../../core/learning/paths/create-path.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { learning } from '../runtime/ports/learning-ports.ts';

export const handler = endpoint(createLearningPath, async ({ body, userId, now, begunAt, newId }) => ({
  status: 201,
  body: await createPath(learning(), body, { userId, now, begunAt, newId }),
}));
