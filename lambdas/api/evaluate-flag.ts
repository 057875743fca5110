import { evaluateFlag as contract } from '../../contracts/flags/endpoints.ts';
import { evaluateFlag } from '../../core/flags/evaluate-flags.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { flagging } from '../runtime/ports/flag-ports.ts';

export const handler = endpoint(contract, async ({ params, body: { context }, now, newId }) => ({
  status: 200,
  body: await evaluateFlag(flagging(), { context, now, newId }, params.key),
}));
