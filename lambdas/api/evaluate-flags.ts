import { evaluateFlags as contract } from '../../contracts/flags/endpoints.ts';
import { comparable, evaluateFlags } from '../../core/flags/evaluate-flags.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { taggedAs } from '../runtime/http/etag.ts';
import { flagging } from '../runtime/ports/flag-ports.ts';

export const handler = endpoint(contract, async ({ body: { context }, now, newId }) => {
  const bulk = await evaluateFlags(flagging(), { context, now, newId });
  return { status: 200, body: bulk, headers: taggedAs(comparable(bulk)) };
});
