import { putCatalogItem } from '../../contracts/catalog/endpoints.ts';
import { putItem } from '../../core/catalog/manage-catalog.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { catalog } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(putCatalogItem, async ({ params, body, now }) => ({
  status: 200,
  body: await putItem(catalog(), { itemId: params.itemId, given: body }, now),
}));
