import { getCatalogItem } from '../../contracts/catalog/endpoints.ts';
import { getItem } from '../../core/catalog/manage-catalog.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { catalog } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(getCatalogItem, async ({ params, now }) => ({
  status: 200,
  body: await getItem(catalog(), params.itemId, now),
}));
