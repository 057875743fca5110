import { putCatalogItems, wireCatalogItem } from '../../contracts/catalog/endpoints.ts';
import { putItems } from '../../core/catalog/manage-catalog.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { checked } from '../runtime/http/request.ts';
import { catalog } from '../runtime/ports/table-ports.ts';

export const handler = endpoint(putCatalogItems, async ({ body, now }) => ({
  status: 200,
  body: await putItems(
    catalog(),
    body.items.map((item) => checked(wireCatalogItem, item, 'input')),
    now,
  ),
}));
