import { decideGenerationParams } from '../../contracts/generation/endpoints.ts';
import { decideGeneration } from '../../core/generation/decide-generation.ts';
import { deviceKind } from '../../core/tracking/normalise.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { generating } from '../runtime/ports/generation-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(decideGenerationParams, async ({ body, caller, userId, now, newId }) => {
  const domain = domainOf(caller, body.domain);
  const { purpose, device } = body.context;
  const place = { purpose, device: deviceKind(device) };
  return { status: 200, body: await decideGeneration(generating(), { userId, domain, place, now, newId }) };
});
