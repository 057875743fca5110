import { recordConversion as contract } from '../../contracts/experiments/endpoints.ts';
import { recordConversion } from '../../core/experiments/outcomes/record-conversion.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { converting } from '../runtime/ports/conversion-ports.ts';

export const handler = endpoint(contract, async ({ params, body, userId, now, newId }) => {
  const { conversionId = newId(), ...sent } = body;
  const { experimentId: experiment } = params;
  const recorded = await recordConversion(converting(), { userId, experiment, sent, conversionId, now });
  return { status: 200, body: { ...recorded, userId } };
});
