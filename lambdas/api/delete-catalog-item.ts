import { deleteCatalogItem } from '../../contracts/catalog/endpoints.ts';
import { deleteItem } from '../../core/catalog/manage-catalog.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { catalog } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(deleteCatalogItem, async ({ params, now }) => {
  await deleteItem(catalog(), params.itemId, now);
  return { status: 200, body: { success: true, itemId: params.itemId } };
});
