import { listInteractions } from '../../contracts/tracking/endpoints.ts';
import { type ListPosition, listInteractions as list } from '../../core/journal/list-interactions.ts';
import { typeName } from '../../core/tracking/normalise.ts';
import { storedInteraction } from '../../core/tracking/track-one.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { journal } from '../runtime/ports/table-ports.ts';

const moment = (iso: string | undefined) => (iso === undefined ? undefined : Date.parse(iso));

export const handler = endpoint(listInteractions, async ({ query, userId }) => {
  const scope = `listInteractions ${userId}`;
  const after = await positionOf<ListPosition>(scope, query.cursor);
  const { limit, type, contentType } = query;
  const { items, next } = await list(journal(), {
    userId,
    limit,
    type: type && typeName(type),
    contentType: contentType?.toLowerCase(),
    from: moment(query.from),
    to: moment(query.to),
    after,
  });
  const reason = items.length > 0 ? undefined : 'The user has no such interactions';
  return {
    status: 200,
    body: { items: items.map(storedInteraction), nextCursor: await cursorOf(scope, next), reason },
  };
});
