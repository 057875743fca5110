import { listModels } from '../../contracts/models/endpoints.ts';
import { listModels as list } from '../../core/models/list-models.ts';
import { cardAnswer } from '../../core/models/models-answer.ts';
import type { CardPosition } from '../../core/models/ports.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { modelRegistry, models } from '../runtime/ports/table-ports.ts';

const SCOPE = 'listModels';

export const handler = endpoint(listModels, async ({ query, now }) => {
  const after = await positionOf<CardPosition>(SCOPE, query.cursor);
  const ports = { models: models(), registry: modelRegistry() };
  const { items, next } = await list(ports, { limit: query.limit, after, now });
  const reason = items.length > 0 ? undefined : 'No model was trained yet';
  return {
    status: 200,
    body: { items: items.map(cardAnswer), nextCursor: await cursorOf(SCOPE, next), reason },
  };
});
