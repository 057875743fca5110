import { recordVideoGeneration } from '../../contracts/generation/endpoints.ts';
import { recordGeneration } from '../../core/generation/record-generation.ts';
import { deviceKind } from '../../core/tracking/normalise.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { recordingGenerations } from '../runtime/ports/generation-ports.ts';
import { domainOf } from '../runtime/requested-domain.ts';

export const handler = endpoint(recordVideoGeneration, async ({ body, caller, userId, now }) => {
  const { domain: named, context = {}, ...told } = body;
  const domain = domainOf(caller, named);
  const place = { purpose: context.purpose, device: deviceKind(context.device) };
  return {
    status: 200,
    body: await recordGeneration(recordingGenerations(), { ...told, userId, domain, place, now }),
  };
});
