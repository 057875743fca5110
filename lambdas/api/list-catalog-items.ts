import { listCatalogItems } from '../../contracts/catalog/endpoints.ts';
import { type ListPosition, listItems } from '../../core/catalog/manage-catalog.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { cursorOf, positionOf } from '../runtime/http/cursors.ts';
import { catalog } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(listCatalogItems, async ({ query }) => {
  const scope = `listCatalogItems ${query.type ?? ''}`;
  const from = await positionOf<ListPosition>(scope, query.cursor);
  const { items, next } = await listItems(catalog(), { type: query.type, limit: query.limit, from });
  const reason = items.length > 0 ? undefined : 'The catalogue holds no such items';
  return { status: 200, body: { items, nextCursor: await cursorOf(scope, next), reason } };
});
